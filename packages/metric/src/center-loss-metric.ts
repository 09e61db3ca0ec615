import { type HostArray, type Shape, ShapeError, sizeOf } from "@mxgraft/base";
import { EvalMetric } from "./eval-metric.ts";
import { apply, type MetricSums } from "./metric-expression.ts";
import { commonOptions, type MetricOptions, readOptions } from "./metric-options.ts";
import { valuesOf } from "./values-of.ts";

/**
 * The center loss as the center-loss program reports it: the first element of the second output, averaged over updates,
 * not over samples: a short last batch weighs as much as a full one.
 *
 * @throws ShapeError  there is no second output, or it is empty.
 */
export class CenterLossMetric extends EvalMetric {
  constructor(options: MetricOptions = {}) {
    const common = readOptions("CenterLossMetric", options, commonOptions("center_loss"));
    super(common.name, common);
  }

  update(_labels: readonly HostArray[], preds: readonly HostArray[]): void {
    const loss = preds[1] === undefined ? undefined : valuesOf(preds[1])[0];
    if (loss === undefined) {
      throw new ShapeError(
        `Metric "${this.name}": there are ${preds.length} outputs, expected the center loss as the second one.`,
        { actual: preds.length, expected: 2 },
      );
    }
    this.addSums(loss, 1);
  }

  override sums(_labels: readonly Shape[], preds: readonly Shape[]): MetricSums | null {
    const loss = preds[1];
    return loss === undefined || sizeOf(loss) !== 1 ? null : { sum: apply("sum", [{ pred: 1 }]), count: 1 };
  }
}
