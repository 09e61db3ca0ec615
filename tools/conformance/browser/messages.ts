import type { CasePlace } from "../case-place.ts";
import type { CaseResult, Place } from "../run-case.ts";
import type { TrainingReport } from "./train-steps.ts";

/** What the runner asks the worker in the page for, and what it answers. */
export interface Requests {
  /** Starts a backend; `stock` leaves out our kernels in the place of those of tfjs. */
  readonly start: {
    readonly ask: { readonly backend: string; readonly stock?: boolean };
    readonly answer: { readonly detail: string };
  };
  /** Replays one case on the backend that was started. */
  readonly replay: { readonly ask: { readonly place: CasePlace } & Place; readonly answer: CaseResult };
  /** Trains some steps. */
  readonly train: { readonly ask: { readonly steps: number }; readonly answer: TrainingReport };
}

export type RequestName = keyof Requests;

export interface Message<N extends RequestName = RequestName> {
  readonly id: number;
  readonly name: N;
  readonly ask: Requests[N]["ask"];
}
