/**
 * `npm run fuzz -- [readers...] --inputs 100000 --seed 1`: gives readers of files what nobody should: good files cut at
 * every offset, bytes and words changed, sizes that overflow, deep nesting, keys such as `__proto__`. Whatever it is,
 * it must be read, or refused with an error that says where, within a second. Exit code 1 when something is wrong.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { didYouMean, UsageError } from "@mxgraft/base";
import Table from "cli-table3";
import { Command } from "commander";
import { fuzzReaders } from "./fuzz-readers.ts";
import { readers } from "./readers.ts";

interface Options {
  readonly inputs: string;
  readonly seed: string;
  readonly save?: string;
  readonly json?: boolean;
}

const known = Object.keys(readers);
const command = new Command("fuzz")
  .description("Attacks the readers of files with generated inputs, in a thread that is watched.")
  .argument("[readers...]", `which: ${known.join(", ")} (default: all)`)
  .option("--inputs <n>", "how many, for all readers together", "100000")
  .option("--seed <n>", "seed of the generator; the same seed gives the same inputs", "1")
  .option("--save <dir>", "write the inputs that show a fault there")
  .option("--json", "print the result as JSON")
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });

function wholeNumber(option: string, text: string, min: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw new UsageError(`${option} is "${text}", expected an integer of ${min} or more.`, { argument: option });
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

async function main(): Promise<void> {
  command.parse();
  const options = command.opts<Options>();
  const names = command.args.length > 0 ? command.args : known;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`Reader "${unknown}" is not known.${didYouMean(unknown, known)}`);
  const inputs = wholeNumber("--inputs", options.inputs, 1);
  const seed = wholeNumber("--seed", options.seed, 0);
  const onBegin = (name: string) => {
    if (!options.json && process.stderr.isTTY) console.error(`${name} ...`);
  };
  const begun = performance.now();
  const { reports, crash, peakMemory, memoryBefore } = await fuzzReaders({ names, inputs, seed, onBegin });
  const seconds = (performance.now() - begun) / 1000;
  const faults = reports.flatMap(({ name, faults: found }) => found.map((fault) => ({ name, ...fault })));
  if (crash) faults.push({ name: crash.name, fault: crash.reason, input: crash.input });
  if (options.save !== undefined && faults.length > 0) {
    mkdirSync(options.save, { recursive: true });
    for (const [i, { name, input }] of faults.entries()) writeFileSync(join(options.save, `${name}-${i}.bin`), input);
  }
  const total = reports.reduce((sum, { count }) => sum + count, 0);
  if (options.json) {
    const shown = faults.map(({ name, fault, input }) => ({ name, fault, bytes: input.length }));
    const readersReport = reports.map(({ kind: _, faults: found, ...report }) => ({ ...report, faults: found.length }));
    console.log(
      JSON.stringify(
        { inputs: total, seed, seconds, peakMemory, memoryBefore, readers: readersReport, faults: shown },
        null,
        1,
      ),
    );
  } else {
    const table = new Table({
      head: ["reader", "inputs", "read", "refused", "slowest ms", "faults"],
      style: { head: [] },
    });
    for (const { name, count, read, refused, slowest, faults: found } of reports) {
      table.push([name, count, read, refused, slowest.toFixed(1), found.length]);
    }
    console.log(table.toString());
    for (const { name, fault, input } of faults) console.log(`\nFAULT ${name}, ${input.length} bytes: ${fault}`);
    console.log(
      `${total} inputs in ${seconds.toFixed(0)} s, seed ${seed}, ${faults.length} faults. Peak memory ${megabytes(peakMemory)} MB, ${megabytes(memoryBefore)} MB of it before the first input.`,
    );
  }
  process.exitCode = faults.length === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`fuzz: ${error.message}`);
  process.exitCode = 2;
}
