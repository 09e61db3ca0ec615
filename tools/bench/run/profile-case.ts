import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { BenchCase } from "../cases/bench-case.ts";
import { nodeWorker } from "../peers/peers.ts";
import { type ProfiledFunction, profileSummary } from "../report/profile-summary.ts";
import { WorkerProcess } from "./worker-process.ts";

/** How long a profile takes, milliseconds. */
const DURATION = 5000;
const SHOWN = 25;

/**
 * Runs our side of a case under V8's profiler.
 *
 * @param file  where the profile goes, for Chrome's developer tools or speedscope.
 * @returns the functions in which the most time went.
 */
export async function profileCase(benchCase: BenchCase, backend: string, file: string): Promise<ProfiledFunction[]> {
  const folder = await mkdtemp(join(tmpdir(), "mxgraft-profile-"));
  try {
    await benchCase.write(folder);
    const profiles = join(folder, "profiles");
    const worker = new WorkerProcess(
      "mxgraft",
      nodeWorker("mxgraft", [], ["--cpu-prof", `--cpu-prof-dir=${profiles}`]),
    );
    try {
      const settings = { backend, ...benchCase.settings };
      await worker.prepare({ work: benchCase.work, folder, settings });
      let iterations = 1;
      for (let begun = performance.now(); performance.now() - begun < DURATION; ) {
        const times = await worker.run(iterations);
        // Few requests, so that they do not show.
        if (times.reduce((sum, time) => sum + time, 0) < 200) iterations *= 2;
      }
    } finally {
      await worker.close();
    }
    const [name] = await readdir(profiles);
    const text = await readFile(join(profiles, name ?? ""), "utf8");
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return profileSummary(JSON.parse(text), SHOWN);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
