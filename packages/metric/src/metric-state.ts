/** What a metric has seen, as plain data; the metric that wrote it knows the order. Numbers can be NaN or infinite. */
export interface MetricState {
  readonly numbers: readonly number[];
  /** States of the children of a composite metric. */
  readonly children?: readonly MetricState[];
}
