import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { launchChromium } from "../browser/launch-chromium.ts";
import { type FolderServer, serveFolders } from "../browser/serve-folders.ts";
import type { RequestName, Requests } from "./browser/messages.ts";

export interface BrowserFolders {
  readonly goldens: string;
  readonly data: string;
  readonly models: string;
}

const source = fileURLToPath(new URL("browser/", import.meta.url));
const require = createRequire(import.meta.url);

/** Bundles the worker from the sources, as a user's bundler would for browsers. */
async function bundle(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: source,
    logLevel: "error",
    resolve: { conditions: ["@mxgraft/source", "browser", "import", "module", "default"] },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: "es2022",
      // Names in stack traces are worth more than bytes here.
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: join(source, "worker.ts"), output: { entryFileNames: "[name].js" } },
    },
  });
  copyFileSync(join(source, "index.html"), join(folder, "index.html"));
}

/** The worker of a page in Chromium that computes on one backend; the golden cases are served to it. */
export class BrowserWorker {
  readonly #browser: Browser;
  readonly #server: FolderServer;
  readonly #folder: string;
  #page: Page | undefined;
  /** What the page printed as errors. */
  readonly errors: string[] = [];

  private constructor(browser: Browser, server: FolderServer, folder: string) {
    this.#browser = browser;
    this.#server = server;
    this.#folder = folder;
  }

  /** @throws UsageError  there is no Chromium. */
  static async open(folders: Partial<BrowserFolders> = {}): Promise<BrowserWorker> {
    const browser = await launchChromium();
    const folder = mkdtempSync(join(tmpdir(), "mxgraft-browser-"));
    try {
      await bundle(folder);
      const server = await serveFolders({
        "/": folder,
        "/wasm/": dirname(require.resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm")),
        ...(folders.goldens === undefined ? {} : { "/goldens/": folders.goldens }),
        ...(folders.data === undefined ? {} : { "/data/": folders.data }),
        ...(folders.models === undefined ? {} : { "/models/": folders.models }),
      });
      return new BrowserWorker(browser, server, folder);
    } catch (error) {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Loads the page anew and starts a backend in it.
   *
   * @param options.stock  leaves out our kernels in the place of those of tfjs.
   * @returns a few words about the backend, empty where there are none.
   */
  async start(backend: string, options: { readonly stock?: boolean } = {}): Promise<string> {
    await this.#page?.close();
    const page = await this.#browser.newPage();
    this.#page = page;
    page.on("pageerror", (error) => this.errors.push(error.message));
    page.on("console", (line) => {
      if (line.type() === "error") this.errors.push(line.text());
    });
    await page.goto(`${this.#server.url}/`);
    return (await this.ask("start", { backend, ...options })).detail;
  }

  async ask<N extends RequestName>(name: N, message: Requests[N]["ask"]): Promise<Requests[N]["answer"]> {
    if (!this.#page) throw new Error("internal: the page is not loaded");
    // A text, because the types of a page are not those of Node.
    return this.#page.evaluate(`ask(${JSON.stringify(name)}, ${JSON.stringify(message)})`);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
