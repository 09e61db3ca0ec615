import * as fs from "node:fs";
import * as path from "node:path";
import { UsageError } from "@mxgraft/base";

/** The files of a checkpoint: `prefix-symbol.json`, and for an epoch `prefix-0001.params` and its neighbours. */
export interface CheckpointPaths {
  readonly symbol: string;
  readonly params: string;
  readonly states: string;
  readonly training: string;
}

/** @throws UsageError  the epoch is no integer of 0 or more. */
export function checkpointPaths(prefix: string, epoch: number): CheckpointPaths {
  if (!Number.isInteger(epoch) || epoch < 0) {
    throw new UsageError(`Checkpoint "${prefix}": the epoch is ${epoch}, expected an integer of 0 or more.`, {
      argument: "epoch",
      actual: epoch,
    });
  }
  const numbered = `${prefix}-${String(epoch).padStart(4, "0")}`;
  return {
    symbol: `${prefix}-symbol.json`,
    params: `${numbered}.params`,
    states: `${numbered}.states`,
    training: `${numbered}.training.json`,
  };
}

/**
 * The newest epoch of which a checkpoint that can be resumed is there. Its training state is written last, so one that
 * was cut short does not count.
 *
 * @returns `undefined` when there is none.
 */
export function latestCheckpoint(prefix: string): number | undefined {
  const start = `${path.basename(prefix)}-`;
  const end = ".training.json";
  let files: string[];
  try {
    files = fs.readdirSync(path.dirname(prefix));
  } catch {
    // No folder, no checkpoint.
    return undefined;
  }
  const epochs = files
    .filter((file) => file.startsWith(start) && file.endsWith(end))
    .map((file) => file.slice(start.length, -end.length))
    .filter((digits) => digits.length >= 4 && [...digits].every((digit) => digit >= "0" && digit <= "9"))
    .map(Number);
  return epochs.length === 0 ? undefined : Math.max(...epochs);
}
