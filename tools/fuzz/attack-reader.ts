import * as fc from "fast-check";
import { judge } from "./judge.ts";
import { exhaustiveInputs, mutatedInputs } from "./mutated-inputs.ts";
import type { Reader } from "./readers.ts";
import { FAULTS_SHOWN, type ReaderReport, type SmallFault } from "./report.ts";

export interface AttackOptions {
  /** About how many inputs; the good files and those made by hand are always among them. */
  readonly inputs: number;
  readonly seed: number;
  /** Called before each input is read. */
  readonly onInput?: (input: Uint8Array) => void;
}

/** Gives a reader good files, files made by hand, good files cut and changed everywhere, and files changed at random. */
export function attackReader(name: string, reader: Reader, { inputs, seed, onInput }: AttackOptions): ReaderReport {
  let [count, read, slowest] = [0, 0, 0];
  const faults: SmallFault[] = [];
  const attack = (input: Uint8Array) => {
    onInput?.(input);
    const verdict = judge(reader, input);
    count++;
    if (verdict.outcome === "read") read++;
    slowest = Math.max(slowest, verdict.milliseconds);
    return verdict;
  };
  const keep = (input: Uint8Array, fault: string | undefined) => {
    if (fault !== undefined && faults.length < FAULTS_SHOWN) faults.push({ fault, input });
  };
  for (const good of reader.seeds) {
    const { fault, outcome } = attack(good);
    keep(good, fault ?? (outcome === "read" ? undefined : "a good file is refused"));
  }
  for (const input of reader.crafted) keep(input, attack(input).fault);
  exhaustive: for (const good of reader.seeds) {
    for (const input of exhaustiveInputs(good)) {
      if (count >= inputs / 2) break exhaustive;
      keep(input, attack(input).fault);
    }
  }
  // Another seed after each fault: what is left of the inputs looks for others.
  for (let round = 0; count < inputs && faults.length < FAULTS_SHOWN; round++) {
    const property = fc.property(mutatedInputs(reader), (input) => {
      const { fault } = attack(input);
      if (fault !== undefined) throw new Error(fault);
    });
    const details = fc.check(property, { numRuns: inputs - count, seed: seed + round });
    if (!details.failed) break;
    const [input] = details.counterexample ?? [];
    const { errorInstance } = details;
    if (input) keep(input, errorInstance instanceof Error ? errorInstance.message : "it fails");
  }
  return { kind: "done", name, count, read, refused: count - read, slowest, faults };
}
