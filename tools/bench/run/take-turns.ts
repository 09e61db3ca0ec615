import { setTimeout as sleep } from "node:timers/promises";

/** Whoever is timed: a worker process, or a fake one in tests. */
export interface Contestant {
  readonly name: string;
  /** @returns milliseconds of each iteration after the first `warm`. */
  run(iterations: number, warm?: number): Promise<number[]>;
}

export interface Effort {
  /** How often each has its turn; the first round warms up and does not count. */
  readonly rounds: number;
  /** How long a turn takes, about, in milliseconds. */
  readonly turn: number;
}

/** The milliseconds of one contestant. */
export interface Samples {
  /** Of each counted round, in order. */
  readonly rounds: readonly (readonly number[])[];
}

/** Iterations in a turn, so that a fast one does not send megabytes of times. */
const MOST = 2000;
/** Between two turns, milliseconds: threads that wait for work by spinning have gone to sleep by then. */
const PAUSE = 50;

/**
 * Lets them work in turns, in short rounds, so that whatever else the machine does meets all alike. How many iterations
 * fill a turn is found out in the warm-up, for each by itself.
 */
export async function takeTurns(
  contestants: readonly Contestant[],
  { rounds, turn }: Effort,
  pause = PAUSE,
): Promise<ReadonlyMap<string, Samples>> {
  const plans: { contestant: Contestant; iterations: number; warm: number; rounds: number[][] }[] = [];
  for (const contestant of contestants) {
    const iterations = await iterationsFor(contestant, turn);
    plans.push({ contestant, iterations, warm: Math.min(3, Math.floor(iterations / 4)), rounds: [] });
    await sleep(pause);
  }
  for (let round = 0; round < rounds; round++) {
    // Each round begins with another one: to come after a certain other may be good or bad.
    for (let place = 0; place < plans.length; place++) {
      const plan = plans[(place + round) % plans.length];
      if (plan === undefined) continue;
      plan.rounds.push(await plan.contestant.run(plan.iterations, plan.warm));
      await sleep(pause);
    }
  }
  return new Map(plans.map(({ contestant, rounds }) => [contestant.name, { rounds }]));
}

async function iterationsFor(contestant: Contestant, turn: number): Promise<number> {
  let iterations = 1;
  for (;;) {
    const times = await contestant.run(iterations);
    const total = times.reduce((sum, time) => sum + time, 0);
    // The fastest one tells how long it takes when nothing is compiled or allocated any more.
    const fastest = Math.max(Math.min(...times), 1e-3);
    if (total >= turn || iterations >= MOST) return Math.min(MOST, Math.max(1, Math.round(turn / fastest)));
    iterations = Math.min(MOST, iterations * 4);
  }
}
