import type { DType, Shape } from "@mxgraft/base";

/** Name, shape and type of one input as an iterator gives it (`mx.io.DataDesc`). */
export interface DataDesc {
  readonly name: string;
  /** The batch size stands on the axis that `layout` calls N. */
  readonly shape: Shape;
  readonly dtype: DType;
  /** What the axes mean, e.g. `NCHW`; the axis N is the batch. */
  readonly layout: string;
}
