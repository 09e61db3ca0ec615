import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "@mxgraft/base";
import { operators } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { backendStatus } from "@mxgraft/tfjs";
import { Command } from "commander";
import { registerAll } from "mxgraft";
import { type OperatorRow, operatorTable } from "./operator-table.ts";

/** One result of the conformance runner, as it prints them with `--json`. */
interface Result {
  readonly group: string;
  readonly name: string;
  readonly operator: string;
  readonly status: "passed" | "failed" | "skipped";
}

/** Backends in the order of the table's columns. */
const BACKENDS = ["tensorflow", "wasm", "cpu"] as const;

const repository = fileURLToPath(new URL("../..", import.meta.url));
const output = new URL("../../docs/operators.md", import.meta.url);

const command = new Command("operator-table")
  .description("Writes docs/operators.md: which operator passes which recorded cases of MXNet on which backend.")
  .argument("<dir>", "folder of the golden cases")
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });

/** The canonical name of the operator a case is about: that of its folder, or else of the last node of its graph. */
function operatorOf(dir: string, { group, name, operator: folder }: Result): string {
  if (group === "centerloss") return "centerloss";
  const known = operators.find(folder) ?? operators.find(`_contrib_${folder}`);
  if (known) return known.name;
  const { nodes, heads } = JSON.parse(readFileSync(join(dir, group, name, "symbol.json"), "utf8"));
  return nodes[heads[0][0]].op;
}

function run(dir: string, backend: string): Result[] {
  try {
    const args = ["tools/run.js", "conformance", dir, "--group", "ops,centerloss", "--backend", backend, "--json"];
    const printed = execFileSync(process.execPath, args, { cwd: repository, encoding: "utf8", maxBuffer: 2 ** 28 });
    return JSON.parse(printed).results;
  } catch (error) {
    // Exit code 1 says that a case failed; the table shows which.
    const printed = error instanceof Error && "stdout" in error ? String(error.stdout) : "";
    if (!printed.startsWith("{")) throw error;
    return JSON.parse(printed).results;
  }
}

async function main(): Promise<void> {
  command.parse();
  const dir = resolve(command.args[0] ?? "");
  registerAll();
  const status = await backendStatus();
  const missing = BACKENDS.filter((name) => !status.find((one) => one.name === name)?.available);
  if (missing.length > 0)
    throw new UsageError(`The table needs all of ${BACKENDS.join(", ")}; missing: ${missing.join(", ")}.`);
  const rows = new Map<string, OperatorRow>();
  const row = (name: string): OperatorRow => {
    const present = rows.get(name) ?? { name, aliases: operators.find(name)?.aliases ?? [], passed: {}, cases: 0 };
    rows.set(name, present);
    return present;
  };
  for (const name of Object.keys(builtins)) row(name);
  for (const backend of BACKENDS) {
    const seen = new Map<string, { passed: number; cases: number }>();
    for (const result of run(dir, backend)) {
      const name = operatorOf(dir, result);
      const counts = seen.get(name) ?? { passed: 0, cases: 0 };
      seen.set(name, { passed: counts.passed + (result.status === "passed" ? 1 : 0), cases: counts.cases + 1 });
    }
    for (const [name, { passed, cases }] of seen) {
      const target = row(name);
      rows.set(name, { ...target, cases, passed: { ...target.passed, [backend]: passed } });
    }
  }
  writeFileSync(output, operatorTable([...rows.values()], BACKENDS));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`operator-table: ${error.message}`);
  process.exitCode = 2;
}
