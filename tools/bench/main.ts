/*
 * npm run bench [-- NAMES... --peers --json ...]
 *
 * Measures mxgraft against others that do the same work. Exit codes: 0 done, 1 failed, 2 wrong usage. A target that is
 * missed is no failure: times are never asserted.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BackendError, UsageError } from "@mxgraft/base";
import { writeReadmeSection } from "../readme-section.ts";
import type { BenchCase } from "./cases/bench-case.ts";
import { cases } from "./cases/cases.ts";
import { withConvertedModel } from "./peers/converted-models.ts";
import { setUpPeers } from "./peers/set-up-peers.ts";
import { type BenchOptions, readOptions } from "./read-options.ts";
import { benchmarksPage } from "./report/benchmarks-page.ts";
import { benchmarksSummary } from "./report/benchmarks-summary.ts";
import { figure, resultsTable } from "./report/results-table.ts";
import { describeMachine, machineLine } from "./run/machine.ts";
import { profileCase } from "./run/profile-case.ts";
import type { Omission, Report, Result } from "./run/results.ts";
import { runCase } from "./run/run-case.ts";
import { WorkerError } from "./run/worker-process.ts";

const PAGE = fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url));
/** Not among the tracked files. */
const PROFILES = fileURLToPath(new URL("../../reports", import.meta.url));

function chosen({ names }: BenchOptions): BenchCase[] {
  return cases.filter(({ name }) => names.includes(name));
}

async function measureAll(options: BenchOptions): Promise<Report> {
  const say = (line: string) => console.error(line);
  say("the machine ...");
  const machine = await describeMachine(options.backend);
  say(machineLine(machine));
  const results: Result[] = [];
  const omitted: Omission[] = [];
  for (const benchCase of chosen(options)) {
    say(`${benchCase.name} ...`);
    const outcome = await runCase(benchCase, {
      effort: options.effort,
      withPeers: options.peers,
      backend: machine.backend,
      machine,
      complete: withConvertedModel,
      say,
    }).catch((error: unknown) => {
      // Our own side failed: the other cases are measured all the same.
      if (!(error instanceof WorkerError)) throw error;
      say(error.message);
      process.exitCode = 1;
      return { results: [], omitted: [{ name: benchCase.name, peer: "everyone", reason: error.message }] };
    });
    results.push(...outcome.results);
    omitted.push(...outcome.omitted);
  }
  return { machine, effort: options.effort, results, omitted };
}

async function profile(options: BenchOptions): Promise<void> {
  for (const benchCase of chosen(options)) {
    const file = join(PROFILES, `${benchCase.name}.cpuprofile`);
    console.log(`${benchCase.name}: ${file}`);
    for (const { name, place, self, part } of await profileCase(benchCase, options.backend, file)) {
      console.log(`${(100 * part).toFixed(1).padStart(6)} %  ${figure(self).padStart(7)} ms  ${name}  ${place}`);
    }
  }
}

async function main(): Promise<void> {
  const options = readOptions(
    process.argv.slice(2),
    cases.map(({ name }) => name),
  );
  if (options === undefined) return;
  if (options.setUpPeers) {
    if (!(await setUpPeers((line) => console.log(line)))) process.exitCode = 1;
    return;
  }
  if (options.profile) return profile(options);
  const report: Report =
    options.from === undefined ? await measureAll(options) : JSON.parse(await readFile(options.from, "utf8"));
  if (options.writeDocs) {
    await writeFile(PAGE, benchmarksPage(report));
    writeReadmeSection("benchmarks", benchmarksSummary(report));
  }
  if (options.json) console.log(JSON.stringify(report, null, 1));
  else console.log(`${machineLine(report.machine)}\n${resultsTable(report)}`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof BackendError) && !(error instanceof WorkerError))
    throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
