import { type HostArray, type Shape, sizeOf } from "@mxgraft/base";
import { EvalMetric } from "./eval-metric.ts";
import { apply, type MetricSums, total } from "./metric-expression.ts";
import { commonOptions, type MetricOptions, readOptions } from "./metric-options.ts";
import { valuesOf } from "./values-of.ts";

/** Mean of all elements of all outputs, whatever their shapes: for outputs that are losses. Labels do not matter. */
export class Loss extends EvalMetric {
  constructor(options: MetricOptions = {}, subject = "Loss", defaultName = "loss") {
    const common = readOptions(subject, options, commonOptions(defaultName));
    super(common.name, { ...common, hasGlobalStats: true });
  }

  update(_labels: readonly HostArray[], preds: readonly HostArray[]): void {
    for (const pred of preds) {
      const values = valuesOf(pred);
      let sum = 0;
      for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
      this.addSums(sum, values.length);
    }
  }

  override sums(_labels: readonly Shape[], preds: readonly Shape[]): MetricSums | null {
    const sum = total(preds.map((_, pred) => apply("sum", [{ pred }])));
    const count = preds.reduce((size, shape) => size + sizeOf(shape), 0);
    return sum === null ? null : { sum, count };
  }
}
