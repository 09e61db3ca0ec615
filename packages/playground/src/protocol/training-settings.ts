import type { PageBackend } from "./backend-choice.ts";

/** What the controls of the training set. */
export interface TrainingSettings {
  readonly backend: PageBackend;
  /** Weight of the center loss, 0 for none. */
  readonly lambda: number;
  /** Step of the class centers, 0..1. */
  readonly alpha: number;
  /** Numbers in the embedding, 2 or more. */
  readonly embeddingSize: number;
  /** Learning rate per batch. */
  readonly learningRate: number;
  readonly batchSize: number;
}

export const DEFAULT_SETTINGS: TrainingSettings = {
  backend: "wasm",
  lambda: 1,
  alpha: 0.5,
  embeddingSize: 2,
  learningRate: 0.05,
  batchSize: 32,
};

/** How far a running training has to go back when settings change. */
export type SettingsChange =
  /** Nothing changed. */
  | "none"
  /** The optimizer takes the new learning rate as it is. */
  | "rate"
  /** Another graph, with the same weights. */
  | "graph"
  /** Another backend, with the same weights. */
  | "backend"
  /** The weights do not fit any more. */
  | "weights";

export function settingsChange(before: TrainingSettings, after: TrainingSettings): SettingsChange {
  if (before.embeddingSize !== after.embeddingSize) return "weights";
  if (before.backend !== after.backend) return "backend";
  if (before.lambda !== after.lambda || before.alpha !== after.alpha || before.batchSize !== after.batchSize) {
    return "graph";
  }
  return before.learningRate === after.learningRate ? "none" : "rate";
}
