/** Faults of one reader that are shown; after them it is left alone. */
export const FAULTS_SHOWN = 8;

/** The input that is being read: `state` holds how many there were, and the length of this one. */
export interface SharedInput {
  readonly bytes: Uint8Array;
  readonly state: Int32Array;
}

/** What the worker is to do. */
export interface FuzzTask {
  readonly names: readonly string[];
  /** For all readers together. */
  readonly inputs: number;
  readonly seed: number;
  readonly shared: SharedInput;
}

/** A fault with the smallest input that was found to show it. */
export interface SmallFault {
  readonly fault: string;
  readonly input: Uint8Array;
}

export interface ReaderReport {
  readonly kind: "done";
  readonly name: string;
  readonly count: number;
  readonly read: number;
  readonly refused: number;
  /** Milliseconds of the input that took longest. */
  readonly slowest: number;
  readonly faults: readonly SmallFault[];
}

export type FuzzMessage = ReaderReport | { readonly kind: "begun"; readonly name: string };
