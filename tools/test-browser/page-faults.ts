import type { BrowserContext, Page } from "playwright-core";

/** Notes everything that must not happen on a page that computes on its own device. */
export class PageFaults {
  readonly #found: string[] = [];
  readonly #origin: string;
  /** Without a network, a page may ask for what its service worker then gives. */
  offline = false;

  constructor(context: BrowserContext, origin: string) {
    this.#origin = origin;
    context.on("page", (page) => this.#watch(page));
    context.on("request", (request) => {
      const { protocol, origin: from } = new URL(request.url());
      if (from !== this.#origin && !["blob:", "data:"].includes(protocol)) {
        this.#found.push(`a request went to ${request.url()}`);
      }
    });
  }

  #watch(page: Page): void {
    page.on("console", (message) => {
      if (message.type() === "error" && !this.offline) this.#found.push(`console error: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.#found.push(`uncaught: ${error.message}`));
    page.on("requestfailed", (request) => {
      if (!this.offline) this.#found.push(`not loaded: ${request.url()} (${request.failure()?.errorText ?? "?"})`);
    });
  }

  /** What was found since the last call. */
  take(): string[] {
    return this.#found.splice(0);
  }
}
