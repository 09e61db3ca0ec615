import { type HostArray, type Shape, ShapeError } from "@mxgraft/base";
import { countEqual, equalClasses } from "./accuracy.ts";
import { argmax } from "./argmax.ts";
import { checkLabelShapes } from "./check-label-shapes.ts";
import { EvalMetric } from "./eval-metric.ts";
import { apply, type MetricSums } from "./metric-expression.ts";
import { commonOptions, type MetricOptions, numberOrNullOption, readOptions } from "./metric-options.ts";
import { requireSameSize } from "./same-size.ts";
import { classesOf } from "./values-of.ts";

export interface SeedAccuracyOptions extends MetricOptions {
  /** How many labels there must be; any number when `null`, the default. */
  readonly num?: number | null;
}

/**
 * The `Accuracy` of the center-loss program: only the first label and the first output count, so that it fits a graph
 * whose second output is the center loss. In the program it is called `Accuracy`; here that is MXNet's own.
 *
 * (The Python class reads `self.num`, which EvalMetric lost before MXNet 1.9.1; it is meant as it is here.)
 *
 * Shapes (N batch, K classes): first label (N) class indices; first output (N, K) scores.
 *
 * @throws ShapeError  there are not `num` labels, not as many outputs as labels, or the first ones do not fit together.
 */
export class SeedAccuracy extends EvalMetric {
  readonly num: number | null;

  constructor(options: SeedAccuracyOptions = {}) {
    const { num, ...common } = readOptions("SeedAccuracy", options, {
      num: numberOrNullOption(),
      ...commonOptions("accuracy"),
    });
    super(common.name, { ...common, config: { num } });
    this.num = num;
  }

  update(labels: readonly HostArray[], preds: readonly HostArray[]): void {
    const subject = `Metric "${this.name}"`;
    checkLabelShapes(labels, preds, { subject });
    if (this.num !== null && labels.length !== this.num) {
      throw new ShapeError(`${subject}: there are ${labels.length} labels, expected ${this.num}, its option "num".`, {
        actual: labels.length,
        expected: this.num,
      });
    }
    const [label] = labels;
    const [pred] = preds;
    if (label === undefined || pred === undefined) throw new ShapeError(`${subject}: there is no label and no output.`);
    const predicted = argmax(pred, 1, subject);
    requireSameSize(subject, label, pred, predicted.length);
    this.addSums(countEqual(predicted, classesOf(label)), predicted.length);
  }

  override sums([label]: readonly Shape[], [pred]: readonly Shape[]): MetricSums | null {
    if (label?.length !== 1 || pred?.length !== 2 || label[0] !== pred[0]) return null;
    const predicted = apply("argmax", [{ pred: 0 }], { axis: "1" });
    return { sum: equalClasses(predicted, { label: 0 }), count: label[0] ?? 0 };
  }
}
