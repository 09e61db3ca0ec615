import type { Comparison } from "./comparison.ts";
import type { FileSource } from "./file-source.ts";
import type { GoldenCase } from "./golden-case.ts";

/** Folders outside the cases. */
export interface Folders {
  /** Where the real digits are. */
  readonly data: FileSource;
  /** Where the trained models are. */
  readonly models: FileSource;
}

/** Why a case cannot be replayed here, to be reported as skipped. */
export class NotSupported extends Error {}

/** Replays one case and compares what comes out. */
export type Replay = (golden: GoldenCase, comparison: Comparison, folders: Folders) => void | Promise<void>;
