import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { UsageError } from "@mxgraft/base";
import { type Browser, chromium } from "playwright-core";

/** Names under which systems install it; Debian's package is "chromium". */
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** What to do where there is none; shown by errors and by tests that are skipped. */
export const CHROMIUM_MISSING =
  'Chromium was not found: install it ("apt-get install chromium" on Debian and Ubuntu), or set MXGRAFT_CHROMIUM to the path of a Chromium or Chrome.';

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of the machine's Chromium or Chrome; `MXGRAFT_CHROMIUM`, where set, is taken as it is. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.MXGRAFT_CHROMIUM) return isProgram(env.MXGRAFT_CHROMIUM) ? env.MXGRAFT_CHROMIUM : undefined;
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/** How a Chromium is started. */
export interface LaunchOptions {
  /** WebGL 2 and WebGPU, computed by SwiftShader; without them pages find neither. Default true. */
  readonly graphics?: boolean;
}

/** The same on every machine, with a graphics card or without. */
const GRAPHICS = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", "--use-angle=swiftshader"];
const NO_GRAPHICS = ["--disable-gpu", "--disable-software-rasterizer", "--disable-features=WebGPU,WebGPUService"];

/**
 * Starts the machine's own Chromium without a window. The caller closes it.
 *
 * @throws UsageError  there is no Chromium; says how to get one.
 */
export async function launchChromium({ graphics = true }: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new UsageError(CHROMIUM_MISSING, { actual: process.env.MXGRAFT_CHROMIUM ?? process.env.PATH });
  }
  return chromium.launch({
    executablePath,
    args: [
      // Chromium refuses to start its sandbox as root, which is who runs in most containers.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ...(graphics ? GRAPHICS : NO_GRAPHICS),
      // Containers often have 64 MB of /dev/shm, less than a page with large arrays needs.
      "--disable-dev-shm-usage",
    ],
  });
}
