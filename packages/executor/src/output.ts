import type { DType, HostArray, Shape } from "@mxgraft/base";

/** An output of a bound graph after forward. */
export interface Output {
  /** MXNet's name, e.g. `"softmax_output"`. */
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
  /**
   * A copy in MXNet's order.
   *
   * @throws UsageError  forward has not run, or the executor was disposed.
   */
  toHost(): Promise<HostArray>;
}
