/** What steps have added up since somebody asked last. */
export interface TakenSums {
  readonly steps: number;
  /** In the order of the expressions. */
  readonly values: readonly number[];
}

/** Numbers that steps add up where they are computed. */
export interface StepSums {
  /** Another step has added to them. */
  added(): void;
}

/** The sums of no step. */
export function noSteps(expressions: readonly unknown[]): TakenSums {
  return { steps: 0, values: expressions.map(() => 0) };
}
