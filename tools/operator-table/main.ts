import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "@mxgraft/base";
import { operators } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { type BackendName, backendStatus } from "@mxgraft/tfjs";
import { Command } from "commander";
import { registerAll } from "mxgraft";
import { writeReadmeSection } from "../readme-section.ts";
import {
  type CaseOutcome,
  type ConformanceRun,
  columnOf,
  exceptionsOf,
  type OperatorWay,
  parseConformanceRun,
} from "./conformance-run.ts";
import { type NetworkRow, type OperatorRow, operatorSummary, operatorTable, type Passed } from "./operator-table.ts";

interface DefaultRun {
  readonly backend: BackendName;
  readonly mode: "eager" | "compiled";
  /** Further options of the conformance runner. */
  readonly options?: readonly string[];
}

/** What is run when no results are given, in the order of the columns. */
const DEFAULT_RUNS: readonly DefaultRun[] = [
  { backend: "tensorflow", mode: "eager" },
  { backend: "tensorflow", mode: "compiled" },
  { backend: "wasm", mode: "eager" },
  { backend: "webgpu", mode: "eager", options: ["--software"] },
  { backend: "cpu", mode: "eager" },
  { backend: "webgpu", mode: "eager", options: ["--browser"] },
  { backend: "webgl", mode: "eager", options: ["--browser"] },
  { backend: "wasm", mode: "eager", options: ["--browser"] },
];

/** Groups of whole networks, and how the summary calls their cases. */
const NETWORKS = { graphs: "networks that pass", training: "training runs that pass" } as const;

const repository = fileURLToPath(new URL("../..", import.meta.url));
const output = new URL("../../docs/operators.md", import.meta.url);

const command = new Command("operator-table")
  .description(
    "Writes docs/operators.md, which operator passes which recorded cases of MXNet in which run, and its summary in README.md.",
  )
  .argument("<dir>", "folder of the golden cases")
  .option(
    "--results <files...>",
    "columns from files that the conformance runner printed with --json, BACKEND[:MODE]=FILE,FILE... or FILE,FILE..., in this order; without, all backends are run in Node, with WebGPU in software, and in Chromium",
  )
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });

/** The canonical name of the operator a case is about: that of its folder, or else of the last node of its graph. */
function operatorOf(dir: string, { group, name, operator: folder }: CaseOutcome): string {
  if (group === "centerloss") return "centerloss";
  const known = operators.find(folder) ?? operators.find(`_contrib_${folder}`);
  if (known) return known.name;
  const { nodes, heads } = JSON.parse(readFileSync(join(dir, group, name, "symbol.json"), "utf8"));
  return nodes[heads[0][0]].op;
}

/** Whether a case compares gradients: it runs backward, and MXNet has a gradient there. */
function comparesGradients(dir: string, { group, name }: CaseOutcome): boolean {
  const facts = JSON.parse(readFileSync(join(dir, group, name, "case.json"), "utf8"));
  return Object.values(facts.grad_req ?? {}).some((req) => req !== "null") && facts.backward_error === undefined;
}

/** Networks, and the training runs that take no minutes in software. */
function networkCases(dir: string): string {
  const names = Object.keys(NETWORKS).flatMap((group) => {
    const folders = readdirSync(join(dir, group), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return folders.map(({ name }) => name).filter((name) => group !== "training" || name.startsWith("small_"));
  });
  return names.join(",");
}

function run(dir: string, { backend, mode, options = [] }: DefaultRun): ConformanceRun {
  const own = ["--backend", backend, "--mode", mode, ...options];
  const operatorsRun = runCases(dir, ["--group", "ops,centerloss", ...own]);
  const networks = ["--group", Object.keys(NETWORKS).join(","), "--case", networkCases(dir)];
  const { results } = runCases(dir, [...networks, ...own]);
  return { ...operatorsRun, mode, results: [...operatorsRun.results, ...results] };
}

function runCases(dir: string, options: readonly string[]): ConformanceRun {
  const args = ["tools/run.js", "conformance", dir, ...options, "--json"];
  let printed: string;
  try {
    printed = execFileSync(process.execPath, args, { cwd: repository, encoding: "utf8", maxBuffer: 2 ** 28 });
  } catch (error) {
    // Exit code 1 says that a case failed; the table shows which.
    printed = error instanceof Error && "stdout" in error ? String(error.stdout) : "";
    if (!printed.startsWith("{")) throw error;
  }
  return parseConformanceRun(printed, `the run with ${options.join(" ")}`);
}

/** A run from files: `tensorflow:compiled=FILE,FILE` says what it was where the files do not. */
function readRun(given: string): ConformanceRun {
  const [label, files = given] = /^[a-z]+(:[a-z]+)?=/.test(given) ? given.split("=", 2) : [undefined, given];
  const runs = files.split(",").map((file) => parseConformanceRun(readFileSync(resolve(file), "utf8"), file));
  const [first] = runs;
  if (first === undefined) throw new UsageError(`"${given}" names no file.`);
  const found = { ...first, results: runs.flatMap(({ results }) => results) };
  if (label === undefined) return found;
  const [backend = found.backend, mode] = label.split(":");
  return { ...found, backend, ...(mode === undefined ? {} : { mode }) };
}

/** The rows of the summary about whole networks. */
function networkRows(runs: readonly ConformanceRun[]): NetworkRow[] {
  return Object.entries(NETWORKS).map(([group, title]) => ({
    title,
    counts: runs.map(({ results }) => {
      const own = results.filter((result) => result.group === group);
      return { passed: own.filter(({ status }) => status === "passed").length, cases: own.length };
    }),
  }));
}

async function runsOf(dir: string, files: readonly string[] | undefined): Promise<ConformanceRun[]> {
  if (files) return files.map(readRun);
  // Software and browsers bring their own backends; the runner says what they lack.
  const here = DEFAULT_RUNS.filter(({ options }) => options === undefined);
  const status = await backendStatus({ names: [...new Set(here.map(({ backend }) => backend))] });
  const missing = here.filter(({ backend }) => !status.find(({ name }) => name === backend)?.available);
  if (missing.length > 0) {
    const names = [...new Set(missing.map(({ backend }) => backend))].join(", ");
    throw new UsageError(`The table needs backends that are not there: ${names}. Give results with --results.`);
  }
  return DEFAULT_RUNS.map((one) => run(dir, one));
}

/** How each operator ran, in whatever graph. */
function waysByOperator(results: ConformanceRun["results"]): Map<string, Map<string, OperatorWay>> {
  const found = new Map<string, Map<string, OperatorWay>>();
  for (const { group, compiled = [] } of results) {
    // Operators that were Python may have the name of one of ours.
    if (group === "custom") continue;
    for (const way of compiled) {
      const ways = found.get(way.operator) ?? new Map<string, OperatorWay>();
      found.set(way.operator, ways.set([way.direction, way.how, way.reason].join(), way));
    }
  }
  return found;
}

/** The outcomes of a run by operator. */
function outcomesOf(dir: string, { results }: ConformanceRun): Map<string, Passed> {
  const found = new Map<string, Passed>();
  const none = { passed: 0, cases: 0, gradients: 0, gradientsPassed: 0 };
  for (const [name, ways] of waysByOperator(results)) found.set(name, { ...none, ways: [...ways.values()] });
  for (const result of results) {
    if (result.group !== "ops" && result.group !== "centerloss") continue;
    const name = operatorOf(dir, result);
    const counts = found.get(name) ?? none;
    const [passed, gradient] = [Number(result.status === "passed"), Number(comparesGradients(dir, result))];
    found.set(name, {
      ...counts,
      passed: counts.passed + passed,
      cases: counts.cases + 1,
      gradients: counts.gradients + gradient,
      gradientsPassed: counts.gradientsPassed + gradient * passed,
    });
  }
  return found;
}

async function main(): Promise<void> {
  command.parse();
  const dir = resolve(command.args[0] ?? "");
  registerAll();
  const runs = await runsOf(dir, command.opts<{ results?: string[] }>().results);
  const rows = new Map<string, OperatorRow>();
  const row = (name: string): OperatorRow => {
    const spec = operators.find(name);
    const fresh = {
      name,
      aliases: spec?.aliases ?? [],
      differentiable: spec?.differentiable ?? true,
      runs: {},
      cases: 0,
    };
    return rows.get(name) ?? fresh;
  };
  for (const name of Object.keys(builtins)) rows.set(name, row(name));
  const columns = runs.map((one) => columnOf(one, runs));
  for (const [i, one] of runs.entries()) {
    for (const [name, outcome] of outcomesOf(dir, one)) {
      const target = row(name);
      const cases = Math.max(target.cases, outcome.cases);
      rows.set(name, { ...target, cases, runs: { ...target.runs, [columns[i] ?? ""]: outcome } });
    }
  }
  const all = [...rows.values()];
  const networks = networkRows(runs);
  const exceptions = runs.flatMap((one, i) => exceptionsOf(one, columns[i] ?? ""));
  writeFileSync(output, operatorTable(all, columns, { exceptions, networks }));
  writeReadmeSection("operators", operatorSummary(all, columns, networks));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`operator-table: ${error.message}`);
  process.exitCode = 2;
}
