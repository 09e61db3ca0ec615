import { cpus } from "node:os";
import { BackendError, UsageError } from "@mxgraft/base";
import { BACKEND_NAMES, isBackendName } from "@mxgraft/tfjs";
import Table from "cli-table3";
import { Command } from "commander";
import { registerAll, setBackend } from "mxgraft";
import { centerLossStep } from "./benches/center-loss.ts";
import { lenetStep } from "./benches/lenet-step.ts";
import { type Comparison, type Measurement, measure, type Quartiles } from "./measure.ts";

/** Every comparison by a short name; made only when it is run. */
const benches: Readonly<Record<string, () => Promise<Comparison>>> = {
  "lenet-10": () => lenetStep(10),
  "lenet-100": () => lenetStep(100),
  "center-100": () => centerLossStep({ batch: 100, size: 2, classes: 10 }),
  "center-1e4": () => centerLossStep({ batch: 256, size: 512, classes: 10_000 }),
};

interface Options {
  readonly backend: string;
  readonly json?: boolean;
  readonly rounds: string;
  readonly runs: string;
}

const command = new Command("bench")
  .description("Measures mxgraft against other ways of doing the same work, in turns in one run.")
  .argument("[names...]", `which: ${Object.keys(benches).join(", ")} (default: all)`)
  .option("--backend <name>", `${BACKEND_NAMES.join(", ")} or auto`, "auto")
  .option("--rounds <n>", "how often the two take turns", "5")
  .option("--runs <n>", "runs of each in a round", "5")
  .option("--json", "print the results as JSON")
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });

function positive(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UsageError(`Option ${option} is "${text}", expected an integer >= 1.`, { argument: option });
}

function milliseconds({ lower, median, upper }: Quartiles): string {
  return `${median.toPrecision(3)} (${lower.toPrecision(3)}-${upper.toPrecision(3)})`;
}

async function main(): Promise<void> {
  command.parse();
  const options = command.opts<Options>();
  const names = command.args.length > 0 ? command.args : Object.keys(benches);
  const effort = { rounds: positive("--rounds", options.rounds), runs: positive("--runs", options.runs) };
  const wanted = names.map((name) => {
    const make = Object.hasOwn(benches, name) ? benches[name] : undefined;
    if (!make) throw new UsageError(`Benchmark "${name}" is not known, expected ${Object.keys(benches).join(", ")}.`);
    return { name, make };
  });
  if (options.backend !== "auto" && !isBackendName(options.backend)) {
    throw new UsageError(`Backend "${options.backend}" is not known, expected auto, ${BACKEND_NAMES.join(", ")}.`);
  }
  registerAll();
  const backend = await setBackend(options.backend);
  const processors = cpus();
  const machine = `${processors[0]?.model.trim() ?? "unknown processor"}, ${processors.length} cores, Node ${process.versions.node}`;
  const results: (Measurement & { readonly key: string })[] = [];
  for (const { name, make } of wanted) {
    if (!options.json) console.error(`${name} ...`);
    const comparison = await make();
    try {
      results.push({ key: name, ...(await measure(comparison, effort)) });
    } finally {
      comparison.dispose();
    }
  }
  if (options.json) {
    console.log(JSON.stringify({ machine, backend, ...effort, results }, null, 1));
    return;
  }
  const table = new Table({ head: ["work", "ours ms", "theirs ms", "peer", "theirs / ours"], style: { head: [] } });
  for (const { name, ours, theirs, peer, ratio } of results) {
    table.push([name, milliseconds(ours), milliseconds(theirs), peer, ratio.toFixed(2)]);
  }
  console.log(`${machine}, backend ${backend}; medians (quartiles) of ${effort.rounds * effort.runs} runs in turns`);
  console.log(table.toString());
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof BackendError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
