/**
 * `npm run test:browser [-- --keep-build] [--only WORDS]`: builds the playground, serves it, and drives it in the machine's own
 * Chromium as a person would. Ends with one line, `N passed, N failed`; screenshots lie in reports/playground. Exit code
 * 1 if anything failed, 2 when there is no Chromium.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { preview } from "vite";
import { CHROMIUM_MISSING, findChromium, launchChromium } from "../browser/launch-chromium.ts";
import { CHECKS } from "./checks.ts";
import { Drive } from "./drive.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const playground = join(root, "packages/playground");
const { values } = parseArgs({
  options: { "keep-build": { type: "boolean", default: false }, only: { type: "string", default: "" } },
});

if (findChromium() === undefined) {
  console.error(CHROMIUM_MISSING);
  process.exit(2);
}
if (!values["keep-build"]) {
  const vite = fileURLToPath(new URL("../../bin/vite.js", import.meta.resolve("vite")));
  const built = spawnSync(process.execPath, [vite, "build"], {
    cwd: playground,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (built.status !== 0) process.exit(1);
}

const server = await preview({
  root: playground,
  configFile: join(playground, "vite.config.ts"),
  logLevel: "warn",
  preview: { host: "localhost", port: 4300 },
});
const address = server.resolvedUrls?.local[0] ?? "http://localhost:4300/";
const browser = await launchChromium();
let passed = 0;
let failed = 0;
try {
  const drive = await Drive.open(browser, address, join(root, "reports/playground"));
  for (const { name, run } of CHECKS.filter((check) => check.name.includes(values.only))) {
    const begun = performance.now();
    const problems: string[] = [];
    await run(drive, join(playground, "dist")).catch((error: unknown) => {
      problems.push(error instanceof Error ? error.message : String(error));
    });
    problems.push(...drive.faults.take());
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`${problems.length === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
    for (const problem of problems) console.log(`       ${problem}`);
    if (problems.length === 0) passed++;
    else {
      failed++;
      await drive.picture(`failed-${failed}`).catch(() => undefined);
    }
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(`${passed} passed, ${failed} failed`);
// Backends keep timers and threads of their own.
process.exit(failed === 0 ? 0 : 1);
