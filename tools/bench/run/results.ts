import type { Machine } from "./machine.ts";
import type { Quartiles } from "./statistics.ts";
import type { Effort } from "./take-turns.ts";

/** One piece of work, ours against theirs. */
export interface Result {
  readonly name: string;
  readonly title: string;
  readonly peer: string;
  /**
   * Their median through ours: above 1, we are faster. Where `atMost` is true ours through theirs, and smaller is
   * better.
   */
  readonly ratio: number;
  /** What the ratio has to reach, or, with `atMost`, not to exceed; null where nothing was promised. */
  readonly target: number | null;
  readonly atMost: boolean;
  /** Whether the target is met. */
  readonly met: boolean | null;
  /** Of the ratios of the single rounds: how sure the figure is. */
  readonly ratios: Quartiles;
  readonly unit: "ms" | "MB";
  readonly ours: Quartiles;
  readonly theirs: Quartiles;
  /** The least the machine needs for the work, milliseconds, by its rates; null where that says nothing. */
  readonly limit: number | null;
  /** Versions, modes and variants, for instance. */
  readonly facts: { readonly ours: Facts; readonly theirs: Facts };
}

export type Facts = Readonly<Record<string, string | number>>;

/** A comparison that was not made. */
export interface Omission {
  readonly name: string;
  readonly peer: string;
  readonly reason: string;
}

/** What a run of the benchmark found; what `--json` prints and `docs/benchmarks.md` is made of. */
export interface Report {
  readonly machine: Machine;
  readonly effort: Effort;
  readonly results: readonly Result[];
  readonly omitted: readonly Omission[];
}
