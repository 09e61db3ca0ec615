import type { BrowserContext, Page } from "playwright-core";

/** Notes everything that must not happen on a page that computes on its own device. */
export class PageFaults {
  readonly #found: string[] = [];
  /** Without a network, a page may ask for what its service worker then gives. */
  offline = false;

  private constructor() {}

  /** @param context  has no page yet. */
  static async watch(context: BrowserContext, origin: string): Promise<PageFaults> {
    const faults = new PageFaults();
    context.on("page", (page) => faults.#watch(page));
    context.on("request", (request) => {
      const { protocol, origin: from } = new URL(request.url());
      if (from !== origin && !["blob:", "data:"].includes(protocol)) {
        faults.#found.push(`a request went to ${request.url()}`);
      }
      // What a static page loads needs no body and no query, and either could carry something away.
      if (request.method() !== "GET" || request.url().includes("?")) {
        faults.#found.push(`a request says something: ${request.method()} ${request.url()}`);
      }
    });
    // What the policy refuses a worker is told as a request that failed, what it refuses the page in three ways.
    await context.exposeFunction("noteViolation", (what: string) => faults.#found.push(`policy violated: ${what}`));
    await context.addInitScript(() => {
      const note: unknown = Reflect.get(window, "noteViolation");
      addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
        if (typeof note === "function") note(`${effectiveDirective} ${blockedURI}`);
      });
    });
    return faults;
  }

  #watch(page: Page): void {
    page.on("console", (message) => {
      if (message.type() === "error" && !this.offline) this.#found.push(`console error: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.#found.push(`uncaught: ${error.message}`));
    page.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "?";
      // Who loads the page again gives up what was on its way.
      if (this.offline || reason === "net::ERR_ABORTED") return;
      this.#found.push(`not loaded: ${request.url()} (${reason})`);
    });
  }

  /** Takes over what was found on another page. */
  add(found: readonly string[]): void {
    this.#found.push(...found);
  }

  /** What was found since the last call. */
  take(): string[] {
    return this.#found.splice(0);
  }
}
