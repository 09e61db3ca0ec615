import type { BackendChoice } from "./backend-choice.ts";
import type { TrainingSettings } from "./training-settings.ts";

/** From the page to the worker that trains. */
export type TrainingRequest =
  /** Start anew with these settings: the first request, and again whenever the weights shall be new. */
  | { readonly kind: "start"; readonly settings: TrainingSettings; readonly asked: number }
  | { readonly kind: "run" }
  | { readonly kind: "pause" }
  /** One batch, then a pause. */
  | { readonly kind: "step" }
  /** Go on with other settings and the same weights. */
  | { readonly kind: "change"; readonly settings: TrainingSettings; readonly asked: number }
  | { readonly kind: "export"; readonly withoutCenterLoss: boolean; readonly purpose: ExportPurpose };

/** What an export is made for, so that the page knows what to do with it. */
export type ExportPurpose = "symbol" | "params" | "model-view";

/** The figures of one batch. */
export interface StepFigures {
  /** Batches since the start, from 1. */
  readonly step: number;
  /** Softmax cross entropy, mean of the batch. */
  readonly loss: number;
  /** As the operator gives it: not multiplied by lambda. */
  readonly centerLoss: number;
  /** Share of the batch that was right, before its update. */
  readonly accuracy: number;
}

/** What the network makes of digits that it does not learn from. */
export interface FeatureSnapshot {
  readonly step: number;
  /** `(N, 2)`: the embedding, or its projection on a plane. */
  readonly points: Float32Array;
  /** `(10, 2)`, projected alike. */
  readonly centers: Float32Array;
  /** `(N)`: the digit that the network takes each for. */
  readonly predicted: Uint8Array;
  readonly accuracy: number;
  /** Smallest distance of two class means over the largest spread; NaN while there is none. */
  readonly separation: number;
}

/** A model as MXNet's two files. */
export interface ModelFiles {
  readonly symbol: string;
  readonly params: Uint8Array;
  /** Beginning of the names of both files. */
  readonly prefix: string;
  /** For the number in the name of the `.params` file. */
  readonly epoch: number;
}

/** From the worker that trains to the page. */
export type TrainingReport =
  | { readonly kind: "backends"; readonly choices: readonly BackendChoice[] }
  /** Something takes a while. */
  | { readonly kind: "busy"; readonly what: string }
  /** The digits of all snapshots: `(N, 28, 28)` and `(N)`. */
  | { readonly kind: "digits"; readonly images: Uint8Array; readonly labels: Uint8Array }
  /** The network is there: weights are new (`step` 0) or were kept. `asked` is that of the request. */
  | {
      readonly kind: "ready";
      readonly settings: TrainingSettings;
      readonly step: number;
      readonly running: boolean;
      readonly asked: number;
    }
  | { readonly kind: "running"; readonly running: boolean }
  | {
      readonly kind: "progress";
      readonly steps: readonly StepFigures[];
      readonly epoch: number;
      readonly samplesPerSecond: number;
      readonly tensors: number;
    }
  | { readonly kind: "snapshot"; readonly snapshot: FeatureSnapshot }
  | { readonly kind: "exported"; readonly purpose: ExportPurpose; readonly files: ModelFiles }
  | { readonly kind: "failed"; readonly message: string };
