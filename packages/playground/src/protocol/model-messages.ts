import type { BackendChoice, PageBackend } from "./backend-choice.ts";

/** Shapes of inputs by name. */
export type InputShapes = Readonly<Record<string, readonly number[]>>;

/** From the page to the worker of models. */
export type ModelRequest =
  /** Files are read by the worker: they may be large. Without shapes these are guessed. */
  | {
      readonly kind: "open";
      readonly symbol: File;
      readonly params?: File;
      readonly shapes?: InputShapes;
    }
  /** Look at the same model with other shapes. */
  | { readonly kind: "inspect"; readonly shapes: InputShapes }
  | {
      readonly kind: "run";
      readonly inputs: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>;
      readonly backends: readonly PageBackend[];
    };

export interface LayerRow {
  readonly node: string;
  /** With the type of a custom one. */
  readonly operator: string;
  readonly output: string;
  readonly parameters: number | null;
  readonly multiplyAdds: number | null;
}

export interface ModelInput {
  readonly name: string;
  readonly role: "input" | "label";
  /** Sizes of 0 are not known; null when nothing is. */
  readonly shape: readonly number[] | null;
}

/** A model as the page shows it. */
export interface ModelView {
  readonly symbolName: string;
  readonly paramsName?: string;
  readonly layers: readonly LayerRow[];
  readonly parameters: number | null;
  readonly multiplyAdds: number | null;
  readonly inputs: readonly ModelInput[];
  /** Sentences: what keeps the model from running, the worst first. */
  readonly problems: readonly string[];
  /** Sentences: what is worth knowing. */
  readonly remarks: readonly string[];
  /** An SVG that takes its style from the page; empty when the graph is too large to be drawn. */
  readonly picture: string;
}

/** One output of a run. */
export interface OutputView {
  readonly name: string;
  readonly shape: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** The largest of the first row, largest first, where the output is rows of at least two. */
  readonly top: readonly { readonly index: number; readonly value: number }[];
}

/** What one backend made of the inputs. */
export interface BackendRun {
  readonly backend: PageBackend;
  readonly outputs: readonly OutputView[];
  /** Milliseconds of the first forward with everything that comes before it: shaders, uploads. */
  readonly firstTime: number;
  /** Median of the forwards after it, outputs read back. */
  readonly time: number;
  /** Largest distance of an output from that of the first backend of the run; absent for that one. */
  readonly difference?: number;
  /** The largest number among the first backend's outputs, for comparison. */
  readonly magnitude: number;
}

/** From the worker of models to the page. */
export type ModelReport =
  | { readonly kind: "backends"; readonly choices: readonly BackendChoice[] }
  | { readonly kind: "busy"; readonly what: string }
  | { readonly kind: "opened"; readonly view: ModelView }
  | { readonly kind: "ran"; readonly run: BackendRun }
  | { readonly kind: "refused"; readonly backend: PageBackend; readonly message: string }
  | { readonly kind: "finished" }
  | { readonly kind: "failed"; readonly message: string };
