import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** What a visitor loads, by when. */
interface Sizes {
  /** Files that the page names itself: seen before anything computes. */
  readonly page: number;
  /** Everything there is, kept for use without a network. */
  readonly all: number;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly zipped: number }[];
}

/**
 * What the page and its workers may do; all else the browser refuses, connections to anywhere but the page's own server
 * above all. `wasm-unsafe-eval` allows WebAssembly and no JavaScript; the workers' program is a blob, see `Engine`.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Gives the built page its content security policy; after the build writes the service worker, and prints how large everything is. */
export function staticPage(): Plugin {
  let folder = "";
  return {
    name: "mxgraft-static-page",
    apply: "build",
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir);
    },
    // First in the head: what stands before it would be free. Development needs more than the policy allows.
    transformIndexHtml: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: POLICY }, injectTo: "head-prepend" },
    ],
    // Workers are bundles of their own, and their files are there only now.
    closeBundle: {
      sequential: true,
      order: "post",
      handler: () => {
        const names = listFiles(folder).filter((name) => name !== "service-worker.js");
        writeServiceWorker(folder, names);
        const sizes = measure(folder, names);
        const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
        console.log(`\nfirst view: ${kilobytes(sizes.page)} gzip; everything: ${kilobytes(sizes.all)} gzip`);
        for (const { name, bytes, zipped } of sizes.files) {
          console.log(`  ${kilobytes(zipped).padStart(10)} gzip ${kilobytes(bytes).padStart(11)}  ${name}`);
        }
      },
    },
  };
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

function writeServiceWorker(folder: string, names: readonly string[]): void {
  const hash = createHash("sha256");
  for (const name of names) hash.update(name).update(readFileSync(join(folder, name)));
  const template = readFileSync(fileURLToPath(new URL("./service-worker.js", import.meta.url)), "utf8");
  const text = template
    .replace("__VERSION__", hash.digest("hex").slice(0, 12))
    .replace("__FILES__", JSON.stringify(names.map((name) => `./${name}`)));
  writeFileSync(join(folder, "service-worker.js"), text);
}

function measure(folder: string, names: readonly string[]): Sizes {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const files = names.map((name) => {
    const content = readFileSync(join(folder, name));
    return { name, bytes: content.length, zipped: gzipSync(content).length };
  });
  const sum = (list: readonly { readonly zipped: number }[]) => list.reduce((total, { zipped }) => total + zipped, 0);
  const first = files.filter(({ name }) => name === "index.html" || page.includes(basename(name)));
  return { page: sum(first), all: sum(files), files: files.sort((a, b) => b.zipped - a.zipped) };
}
