import type { ExecutionMode } from "@mxgraft/executor";
import type { ParameterInitializer } from "../initializer/initializer.ts";
import type { Logger } from "../logger.ts";
import type { Optimizer } from "../optimizer/optimizer.ts";
import type { GradReq } from "./binding.ts";
import type { InputShapes } from "./input-shapes.ts";
import type { ArraysByName } from "./parameters.ts";

export interface ModuleOptions {
  /** Inputs that batches bring; default `["data"]`. */
  readonly dataNames?: readonly string[] | null;
  /** Labels that batches bring; default `["softmax_label"]`. Those that the symbol lacks only go to the metric. */
  readonly labelNames?: readonly string[] | null;
  /** Parameters that training does not move. */
  readonly fixedParamNames?: readonly string[] | null;
  /** Takes the lines of the training log; default `console.error`. */
  readonly logger?: Logger;
  /** Seed of the initializers and of Dropout and the like; default 0. */
  readonly seed?: number;
  /** How the graph runs: "auto" (default), "compiled" or "eager"; see `simpleBind`. */
  readonly mode?: ExecutionMode;
}

export interface BindOptions {
  /** Shapes of the data, an iterator's `provideData` for instance. */
  readonly dataShapes: InputShapes;
  /** Shapes of the labels; can be left out for prediction. */
  readonly labelShapes?: InputShapes | null;
  /** Default true. */
  readonly forTraining?: boolean;
  /** Whether gradients of the data are computed too; default false. */
  readonly inputsNeedGrad?: boolean;
  /** Binds anew where the module is bound already, with the parameters it has; default false: nothing happens. */
  readonly forceRebind?: boolean;
  /** Default "write". */
  readonly gradReq?: GradReq;
}

export interface InitParamsOptions {
  /** Default `new Uniform(0.01)`. */
  readonly initializer?: ParameterInitializer | null;
  /** Parameters to take, by name; what else they hold is left alone. */
  readonly argParams?: ArraysByName | null | undefined;
  readonly auxParams?: ArraysByName | null | undefined;
  /** Whether parameters that are missing there are initialized; default false, an error. */
  readonly allowMissing?: boolean;
  /** Initializes again where that was done already; default false: nothing happens. */
  readonly forceInit?: boolean;
}

export interface SetParamsOptions {
  /** Whether parameters that are missing keep their values; default false, an error. */
  readonly allowMissing?: boolean;
  /** Default true. */
  readonly forceInit?: boolean;
  /** With `allowMissing`: whether arrays that are no parameter of the symbol are ignored; default false, an error. */
  readonly allowExtra?: boolean;
}

export interface InitOptimizerOptions {
  /** "local", "device" or null; all mean the one device. */
  readonly kvstore?: string | null;
  /** An MXNet name, or an optimizer; default "sgd". */
  readonly optimizer?: string | Optimizer;
  /** Options for an optimizer given by name; `rescaleGrad` is 1 / batch size unless it is among them. */
  readonly optimizerParams?: object;
  /** Replaces an optimizer that is there already; default false: nothing happens. */
  readonly forceInit?: boolean;
}
