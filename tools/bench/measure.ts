import { Bench } from "tinybench";

/** Two ways of doing the same work, measured against each other. */
export interface Comparison {
  /** What is done, e.g. `"LeNet training step, batch 100"`. */
  readonly name: string;
  /** Whom we are compared with. */
  readonly peer: string;
  ours(): Promise<void>;
  theirs(): Promise<void>;
  /** Frees what was set up. */
  dispose(): void;
}

/** Milliseconds. */
export interface Quartiles {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

export interface Measurement {
  readonly name: string;
  readonly peer: string;
  readonly ours: Quartiles;
  readonly theirs: Quartiles;
  /** Their median through ours: above 1, we are faster. */
  readonly ratio: number;
}

export interface Effort {
  /** How often the two take turns. */
  readonly rounds: number;
  /** Runs of each in a round. */
  readonly runs: number;
}

function quartiles(samples: readonly number[]): Quartiles {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}

/**
 * Measures both in turns, so that whatever else the machine does meets both alike. The first round warms up and does
 * not count.
 */
export async function measure(comparison: Comparison, { rounds, runs }: Effort): Promise<Measurement> {
  const samples = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const bench = new Bench({ iterations: runs, time: 0, warmup: false, retainSamples: true, throws: true });
    bench.add("ours", () => comparison.ours());
    bench.add("theirs", () => comparison.theirs());
    await bench.run();
    if (round === 0) continue;
    for (const side of ["ours", "theirs"] as const) {
      const { result } = bench.getTask(side) ?? {};
      if (result && "latency" in result) samples[side].push(...(result.latency.samples ?? []));
    }
  }
  const ours = quartiles(samples.ours);
  const theirs = quartiles(samples.theirs);
  return { name: comparison.name, peer: comparison.peer, ours, theirs, ratio: theirs.median / ours.median };
}
