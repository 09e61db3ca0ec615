/**
 * `node tools/run.js NAME ARGS...` runs tools/NAME/main.ts from the sources, in this process, as `main.ts ARGS...`.
 * Plain JavaScript, so that the root scripts work right after `npm ci` on every supported Node.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [name, ...args] = process.argv.slice(2);
const main = new URL(`./${name}/main.ts`, import.meta.url);
if (name === undefined || !existsSync(main)) {
  console.error(`tools/run.js: there is no tool "${name ?? ""}". A tool is a folder of tools/ with a main.ts.`);
  process.exit(2);
}
process.argv = [process.argv0, fileURLToPath(main), ...args];
process.env.MXGRAFT_SOURCE = "1";
await import("../packages/mxgraft/bin/register.js");
await import(main.href);
