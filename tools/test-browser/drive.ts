import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { PageFaults } from "./page-faults.ts";
import type { SmallFile } from "./small-model.ts";

/** For what a page should do soon; machines that test are slow and busy. */
const SOON = 30_000;

/** The playground in a browser, as a person uses it. */
export class Drive {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly faults: PageFaults;
  readonly #pictures: string;

  private constructor(context: BrowserContext, page: Page, faults: PageFaults, pictures: string) {
    this.context = context;
    this.page = page;
    this.faults = faults;
    this.#pictures = pictures;
  }

  /** @param pictures  folder for screenshots. */
  static async open(browser: Browser, address: string, pictures: string): Promise<Drive> {
    mkdirSync(pictures, { recursive: true });
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
    context.setDefaultTimeout(SOON);
    const faults = await PageFaults.watch(context, new URL(address).origin);
    const page = await context.newPage();
    await page.goto(address);
    return new Drive(context, page, faults, pictures);
  }

  /** The page as somebody sees it for the first time, in a browser of the same kind or another one; to be closed. */
  async another(address: string, browser = this.context.browser()): Promise<Drive> {
    if (browser === null) throw new Error("internal: the context has no browser");
    return Drive.open(browser, address, this.#pictures);
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  async picture(name: string, fullPage = false): Promise<void> {
    await this.page.screenshot({ path: join(this.#pictures, `${name}.png`), fullPage });
  }

  /** What a part of the page says, without spaces at its ends. */
  async text(selector: string): Promise<string> {
    return ((await this.page.locator(selector).textContent()) ?? "").trim();
  }

  /** A number that a part of the page says; percents as shares. */
  async number(selector: string): Promise<number> {
    const text = (await this.text(selector)).replace(/\s/g, "");
    return text.endsWith("%") ? Number.parseFloat(text) / 100 : Number.parseFloat(text);
  }

  /** Until the training stands as said. */
  async phase(phase: "paused" | "running" | "empty", timeout = SOON): Promise<void> {
    await this.page.locator(`#view-train[data-phase="${phase}"]`).waitFor({ timeout });
  }

  /** Until a condition holds, asked a few times a second. */
  async until(what: string, holds: () => Promise<boolean>, timeout = SOON): Promise<void> {
    const end = Date.now() + timeout;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`Within ${timeout / 1000} s it did not come to this: ${what}.`);
      await this.page.waitForTimeout(200);
    }
  }

  /** Stops the training, if it runs. */
  async pause(): Promise<void> {
    if ((await this.page.locator("#view-train").getAttribute("data-phase")) === "running") {
      await this.page.click("#train-run");
    }
    await this.phase("paused");
  }

  /** Presses Tab until an element has the focus. */
  async tabTo(selector: string): Promise<void> {
    const target = this.page.locator(selector);
    for (let i = 0; i < 60; i++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`The Tab key does not lead to ${selector}.`);
  }

  /** Drops files in the middle of the page. */
  async drop(files: readonly SmallFile[]): Promise<void> {
    const plain = files.map(({ name, type = "", content }) => ({ name, type, base64: content.toString("base64") }));
    const transfer = await this.page.evaluateHandle((list) => {
      const data = new DataTransfer();
      for (const { name, type, base64 } of list) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
      }
      return data;
    }, plain);
    await this.page.dispatchEvent("#content", "drop", { dataTransfer: transfer });
  }

  /** Drops a file with so many bytes of 0, along with another one. */
  async dropZeros(name: string, bytes: number, other: SmallFile): Promise<void> {
    const text = other.content.toString("utf8");
    const transfer = await this.page.evaluateHandle(
      (all) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(all.bytes)], all.name));
        data.items.add(new File([all.text], all.otherName));
        return data;
      },
      { name, bytes, text, otherName: other.name },
    );
    await this.page.dispatchEvent("#content", "drop", { dataTransfer: transfer });
  }

  /** A picture of a gradient, as a PNG file. */
  async pngImage(width: number, height: number): Promise<Buffer> {
    const address = await this.page.evaluate(
      ([w, h]) => {
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [w, h];
        const context = canvas.getContext("2d");
        const gradient = context?.createLinearGradient(0, 0, w, h);
        gradient?.addColorStop(0, "#000");
        gradient?.addColorStop(1, "#fff");
        if (context && gradient) context.fillStyle = gradient;
        context?.fillRect(0, 0, w, h);
        return canvas.toDataURL("image/png");
      },
      [width, height] as const,
    );
    return Buffer.from(address.slice(address.indexOf(",") + 1), "base64");
  }

  /** Moves the mouse to the middle of the plane and on, until a digit is shown. */
  async lookAtDigit(): Promise<void> {
    const plane = await this.page.locator("#features").boundingBox();
    if (plane === null) throw new Error("There is no plane of features.");
    const { x, y, width, height } = plane;
    for (let at = 0.2; at < 0.8; at += 0.01) {
      await this.page.mouse.move(x + width * at, y + height * at);
      if (await this.page.locator("#peek").isVisible()) return;
    }
    throw new Error("There is no digit from corner to corner of the plane.");
  }

  /** Clicks on a button and takes the file that it saves. */
  async saved(button: string): Promise<SmallFile> {
    const [download] = await Promise.all([this.page.waitForEvent("download"), this.page.click(button)]);
    return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
  }

  /** How far the page is wider than the window. */
  async overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }
}
