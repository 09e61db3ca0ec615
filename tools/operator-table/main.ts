import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UsageError } from "@mxgraft/base";
import { customOperators, operators } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { backendStatus } from "@mxgraft/tfjs";
import { Command } from "commander";
import { registerAll } from "mxgraft";
import { type OperatorRow, operatorTable } from "./operator-table.ts";

/** One result of the conformance runner, as it prints them with `--json`. */
interface Result {
  readonly group: string;
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

/** The canonical name of the operator that a folder of cases is named after. */
function canonical(folder: string): string {
  const known = operators.find(folder) ?? operators.find(`_contrib_${folder}`) ?? customOperators.find(folder);
  return known?.name ?? folder;
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
    for (const { group, operator, status: outcome } of run(command.args[0] ?? "", backend)) {
      const name = group === "centerloss" ? "centerloss" : canonical(operator);
      const counts = seen.get(name) ?? { passed: 0, cases: 0 };
      seen.set(name, { passed: counts.passed + (outcome === "passed" ? 1 : 0), cases: counts.cases + 1 });
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
