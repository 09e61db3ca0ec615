import { didYouMean, UsageError } from "@mxgraft/base";
import { BACKEND_NAMES, isBackendName } from "@mxgraft/tfjs";
import { Command, CommanderError } from "commander";
import type { Effort } from "./run/take-turns.ts";

export interface BenchOptions {
  /** Cases to measure, in their order. */
  readonly names: readonly string[];
  readonly backend: string;
  readonly effort: Effort;
  readonly peers: boolean;
  readonly json: boolean;
  readonly writeDocs: boolean;
  /** A file that `--json` wrote: its results are shown, nothing is measured. */
  readonly from?: string;
  readonly setUpPeers: boolean;
  readonly profile: boolean;
}

interface Given {
  readonly backend: string;
  readonly rounds: string;
  readonly turn: string;
  readonly peers?: boolean;
  readonly json?: boolean;
  readonly writeDocs?: boolean;
  readonly from?: string;
  readonly setupPeers?: boolean;
  readonly profile?: boolean;
}

/**
 * Reads the command line.
 *
 * @param known  names of the cases; all of them when none is given.
 * @returns `undefined` when help was asked for and printed.
 * @throws UsageError  an option or a name is not known, or a value is no number.
 */
export function readOptions(words: readonly string[], known: readonly string[]): BenchOptions | undefined {
  const command = new Command("bench")
    .description("Measures mxgraft against others that do the same work, in turns in one run.")
    .argument("[names...]", `which: ${known.join(", ")} (default: all)`)
    .option("--peers", "also against PyTorch, MXNet and onnxruntime-node, where they are set up")
    .option("--json", "print the results as JSON")
    .option("--backend <name>", `${BACKEND_NAMES.join(", ")} or auto`, "auto")
    .option("--rounds <n>", "how often all take turns", "9")
    .option("--turn <ms>", "how long a turn is, about, in milliseconds", "400")
    .option("--write-docs", "write docs/benchmarks.md, and its summary in README.md")
    .option("--from <file>", "show results that --json printed, measure nothing")
    .option("--setup-peers", "install the peers into the cache folder")
    .option("--profile", "show in which functions our time goes, and write reports/NAME.cpuprofile")
    .configureOutput({ writeErr: () => undefined })
    .exitOverride();
  try {
    command.parse(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new UsageError(error.message.replace(/^error: /, ""));
  }
  const given = command.opts<Given>();
  for (const name of command.args) {
    if (known.includes(name)) continue;
    throw new UsageError(`Benchmark "${name}" is not known.${didYouMean(name, known)} There are ${known.join(", ")}.`, {
      argument: "names",
      actual: name,
      expected: known,
    });
  }
  if (given.backend !== "auto" && !isBackendName(given.backend)) {
    throw new UsageError(`Backend "${given.backend}" is not known, expected auto, ${BACKEND_NAMES.join(", ")}.`, {
      argument: "--backend",
    });
  }
  return {
    names: command.args.length === 0 ? known : known.filter((name) => command.args.includes(name)),
    backend: given.backend,
    effort: { rounds: positive("--rounds", given.rounds), turn: positive("--turn", given.turn) },
    peers: given.peers === true,
    json: given.json === true,
    writeDocs: given.writeDocs === true,
    ...(given.from === undefined ? {} : { from: given.from }),
    setUpPeers: given.setupPeers === true,
    profile: given.profile === true,
  };
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UsageError(`Option ${option} is "${text}", expected an integer >= 1.`, { argument: option, actual: text });
}
