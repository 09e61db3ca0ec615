import { equalShapes, type HostArray, type Shape, sizeOf } from "@mxgraft/base";
import { argmax } from "./argmax.ts";
import { EvalMetric } from "./eval-metric.ts";
import { labelPairs } from "./label-pairs.ts";
import { apply, type MetricExpression, type MetricSums, total } from "./metric-expression.ts";
import { commonOptions, integerOption, type MetricOptions, readOptions } from "./metric-options.ts";
import { requireSameSize } from "./same-size.ts";
import { classesOf } from "./values-of.ts";

export interface AccuracyOptions extends MetricOptions {
  /** The axis of the classes; default 1. */
  readonly axis?: number;
}

/**
 * Share of the predictions that name the right class.
 *
 * Shapes (N batch, K classes):
 *   label  (N) or (N, 1)    class indices, cut to integers
 *   pred   (N, K)           scores, the first largest one counts; or the shape of the label: class indices
 *
 * @throws ShapeError  label and prediction do not give the same number of classes.
 */
export class Accuracy extends EvalMetric {
  readonly axis: number;

  constructor(options: AccuracyOptions = {}) {
    const { axis, ...common } = readOptions("Accuracy", options, {
      axis: integerOption(1),
      ...commonOptions("accuracy"),
    });
    super(common.name, { ...common, hasGlobalStats: true, config: { axis } });
    this.axis = axis;
  }

  update(labels: readonly HostArray[], preds: readonly HostArray[]): void {
    const subject = `Metric "${this.name}"`;
    for (const { label, pred } of labelPairs(labels, preds, subject)) {
      const predicted = equalShapes(label.shape, pred.shape) ? classesOf(pred) : argmax(pred, this.axis, subject);
      requireSameSize(subject, label, pred, predicted.length);
      this.addSums(countEqual(predicted, classesOf(label)), predicted.length);
    }
  }

  override sums(labels: readonly Shape[], preds: readonly Shape[]): MetricSums | null {
    if (labels.length !== preds.length) return null;
    const terms: MetricExpression[] = [];
    let count = 0;
    for (const [i, label] of labels.entries()) {
      const pred = preds[i];
      if (pred === undefined) return null;
      const same = equalShapes(label, pred);
      if (!same && sizeOf(label) * (pred.at(this.axis) ?? 1) !== sizeOf(pred)) return null;
      const scores: MetricExpression = { pred: i };
      terms.push(equalClasses(same ? scores : apply("argmax", [scores], { axis: String(this.axis) }), { label: i }));
      count += sizeOf(label);
    }
    const sum = total(terms);
    return sum === null ? null : { sum, count };
  }
}

/** How many elements are equal. */
export function countEqual(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) count++;
  return count;
}

/** How many classes of two expressions are equal, as an expression. */
export function equalClasses(a: MetricExpression, b: MetricExpression): MetricExpression {
  const flat = (classes: MetricExpression) =>
    apply("Reshape", [apply("Cast", [classes], { dtype: "int32" })], { shape: "(-1,)" });
  return apply("sum", [apply("Cast", [apply("_equal", [flat(a), flat(b)])], { dtype: "float32" })]);
}
