import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import filePlugin from "@size-limit/file";
import sizeLimit from "size-limit";
import { build, createLogger } from "vite";
import { CHROMIUM_MISSING, findChromium, launchChromium } from "../browser/launch-chromium.ts";
import { serveFolders } from "../browser/serve-folders.ts";

/** A page that knows TensorFlow.js only. */
const PLAIN = `
import * as tf from "@tensorflow/tfjs";
await tf.ready();
document.body.dataset.result = String(tf.tensor1d([1, 2]).sum().dataSync()[0]);
`;

/** The same with center loss: two classes of features that are drawn together. */
const WITH_CENTER_LOSS = `
import { centerLoss, ClassCenters } from "@mxgraft/center-loss-tfjs";
import * as tf from "@tensorflow/tfjs";
await tf.setBackend("cpu");
const centers = new ClassCenters({ numClass: 2, size: 2, alpha: 0.5 });
const features = tf.variable(tf.tensor2d([[1, 0], [3, 0], [0, 2], [0, 4]]));
const optimizer = tf.train.sgd(0.5);
const loss = () => centerLoss(features, [0, 0, 1, 1], centers);
const before = loss().dataSync()[0];
for (let step = 0; step < 30; step++) optimizer.minimize(loss);
const after = loss().dataSync()[0];
document.body.dataset.result = before + " " + after + " " + tf.getBackend();
`;

/** Bytes, as browsers load them (brotli), that center loss may add to a page with TensorFlow.js. */
const MOST_BYTES = 30_000;

/**
 * Bundles a page that uses "@mxgraft/center-loss-tfjs" and TensorFlow.js alone, from the installed packages, says what it
 * weighs, and opens it in Chromium where there is one.
 *
 * @param project  folder in which the packed packages are installed.
 * @returns what is wrong.
 */
export async function checkBundle(project: string): Promise<string[]> {
  const problems: string[] = [];
  const plain = await bundle(project, "plain", PLAIN, problems);
  const page = await bundle(project, "center-loss", WITH_CENTER_LOSS, problems);
  const bytes = await bytesOf(page.scripts);
  const added = bytes - (await bytesOf(plain.scripts));
  console.log(
    `a page with TensorFlow.js and center loss: ${kilobytes(bytes)} (brotli), ${kilobytes(added)} of them ours`,
  );
  if (added > MOST_BYTES) problems.push(`center loss adds ${added} bytes to a page, expected at most ${MOST_BYTES}`);
  if (findChromium() === undefined) console.log(`skipped: the page in a browser. ${CHROMIUM_MISSING}`);
  else problems.push(...(await openPage(page.folder)));
  return problems;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

interface Bundled {
  readonly folder: string;
  /** The scripts that the page loads at once; what it may import later, a backend say, is in others. */
  readonly scripts: readonly string[];
}

async function bundle(project: string, name: string, program: string, problems: string[]): Promise<Bundled> {
  const root = join(project, name);
  mkdirSync(root);
  const script = '<script type="module" src="./main.js"></script>';
  writeFileSync(join(root, "index.html"), `<!doctype html><link rel="icon" href="data:,"><body>${script}`);
  writeFileSync(join(root, "main.js"), program);
  const logger = createLogger("warn");
  logger.warn = (message) => {
    // What TensorFlow.js imports of Node is behind a check of the platform; ours must import nothing of it.
    if (message.includes("externalized for browser") && message.includes("mxgraft")) problems.push(message);
  };
  const folder = join(root, "dist");
  const result = await build({
    configFile: false,
    root,
    base: "./",
    customLogger: logger,
    build: { outDir: folder, target: "es2022" },
  });
  if (Array.isArray(result) || !("output" in result)) throw new Error("internal: Vite made more than one bundle");
  const chunks = new Map(result.output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file]] : [])));
  const scripts = new Set([...chunks.values()].filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  // A set gives out what is added to it while it is gone through.
  for (const fileName of scripts) for (const imported of chunks.get(fileName)?.imports ?? []) scripts.add(imported);
  return { folder, scripts: [...scripts].map((fileName) => join(folder, fileName)) };
}

async function bytesOf(files: readonly string[]): Promise<number> {
  const measured: unknown = await sizeLimit(filePlugin, { checks: [{ files: [...files], path: [...files] }] });
  const first: unknown = Array.isArray(measured) ? measured[0] : undefined;
  if (typeof first === "object" && first !== null && "size" in first) return Number(first.size);
  throw new Error("internal: size-limit gave no size");
}

async function openPage(folder: string): Promise<string[]> {
  const problems: string[] = [];
  const server = await serveFolders({ "/": folder });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    page.on("pageerror", (error) => problems.push(`the page with center loss: ${error.message}`));
    page.on("console", (line) => {
      if (line.type() === "error") problems.push(`the page with center loss: ${line.text()}`);
    });
    await page.goto(`${server.url}/`);
    await page.waitForSelector("body[data-result]", { state: "attached", timeout: 30_000 });
    const result = await page.getAttribute("body", "data-result");
    const [before = Number.NaN, after = Number.NaN] = (result ?? "").split(" ").map(Number);
    console.log(`the page with center loss in Chromium: loss ${before} before, ${after} after`);
    // 1/(2*4) * (1 + 9 + 4 + 16), the centers being 0.
    if (before !== 3.75) problems.push(`the page with center loss: loss ${before}, expected 3.75`);
    if (!(after < 0.5)) problems.push(`the page with center loss: loss ${after} after training, expected below 0.5`);
  } finally {
    await browser.close();
    await server.close();
  }
  return problems;
}
