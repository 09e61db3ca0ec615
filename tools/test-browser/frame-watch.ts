import type { CDPSession, Page } from "playwright-core";

/** How a page's main thread fared for a while. */
export interface FrameReport {
  /** Frames that it drew, or could have drawn. */
  readonly frames: number;
  /** Milliseconds of each task of more than 50, as the browser counts them. */
  readonly longTasks: readonly number[];
  /** Milliseconds that the thread computed, all tasks together. */
  readonly busy: number;
}

/** Watches the main thread of a page: all that runs in workers does not count. */
export class FrameWatch {
  readonly #page: Page;
  readonly #session: CDPSession;
  #framesBefore = 0;
  #busyBefore = 0;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async begin(page: Page): Promise<FrameWatch> {
    await page.evaluate(() => {
      const seen = {
        frames: 0,
        longTasks: [] as number[],
        count() {
          this.frames++;
          requestAnimationFrame(() => this.count());
        },
      };
      Reflect.set(window, "seenFrames", seen);
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.longTasks.push(duration);
      }).observe({ type: "longtask" });
      seen.count();
    });
    const session = await page.context().newCDPSession(page);
    // Time that the thread had the processor: other programs do not count.
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const watch = new FrameWatch(page, session);
    await watch.take();
    return watch;
  }

  /** What has been since the last call. */
  async take(): Promise<FrameReport> {
    const { frames, longTasks } = await this.#page.evaluate<Pick<FrameReport, "frames" | "longTasks">>(
      "({ frames: seenFrames.frames, longTasks: seenFrames.longTasks.splice(0) })",
    );
    const { metrics } = await this.#session.send("Performance.getMetrics");
    const total = 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
    const report = { frames: frames - this.#framesBefore, longTasks, busy: total - this.#busyBefore };
    this.#framesBefore = frames;
    this.#busyBefore = total;
    return report;
  }

  async end(): Promise<void> {
    await this.#session.detach();
  }
}
