import { formatShape, type HostArray, type Shape, ShapeError, sizeOf, ValueError } from "@mxgraft/base";
import { EvalMetric } from "./eval-metric.ts";
import { labelPairs } from "./label-pairs.ts";
import { apply, type MetricExpression, type MetricSums, total } from "./metric-expression.ts";
import { commonOptions, type MetricOptions, numberOption, readOptions } from "./metric-options.ts";
import { classesOf, valuesOf } from "./values-of.ts";

export interface LabelLikelihoodOptions extends MetricOptions {
  /** Added to every probability before the logarithm; default 1e-12. */
  readonly eps?: number;
}

/** Mean of -log(probability of the label + eps): what CrossEntropy and NegativeLogLikelihood share. */
export abstract class LabelLikelihood extends EvalMetric {
  readonly eps: number;

  constructor(subject: string, defaultName: string, options: LabelLikelihoodOptions) {
    const { eps, ...common } = readOptions(subject, options, {
      eps: numberOption(1e-12),
      ...commonOptions(defaultName),
    });
    super(common.name, { ...common, hasGlobalStats: true, config: { eps } });
    this.eps = eps;
  }

  update(labels: readonly HostArray[], preds: readonly HostArray[]): void {
    const subject = `Metric "${this.name}"`;
    for (const { label, pred } of labelPairs(labels, preds, subject)) {
      const rows = label.data.length;
      const [predRows, classes] = pred.shape;
      if (predRows !== rows || classes === undefined || pred.shape.length !== 2) {
        throw new ShapeError(
          `${subject}: label ${formatShape(label.shape)} does not fit prediction ${formatShape(pred.shape)}; expected (${rows}, K) probabilities.`,
          { actual: pred.shape, expected: [rows] },
        );
      }
      const values = valuesOf(pred);
      let sum = 0;
      for (const [row, wanted] of classesOf(label).entries()) {
        if (!(wanted >= 0 && wanted < classes)) {
          throw new ValueError(
            `${subject}: label ${wanted} in row ${row} is no class; the prediction has ${classes} classes, 0..${classes - 1}.`,
            { row, actual: wanted, expected: classes },
          );
        }
        sum -= Math.log((values[row * classes + wanted] ?? 0) + this.eps);
      }
      this.addSums(sum, rows);
    }
  }

  override sums(labels: readonly Shape[], preds: readonly Shape[]): MetricSums | null {
    if (labels.length !== preds.length) return null;
    const terms: MetricExpression[] = [];
    let count = 0;
    for (const [i, label] of labels.entries()) {
      const rows = sizeOf(label);
      const pred = preds[i];
      if (pred?.length !== 2 || pred[0] !== rows) return null;
      const wanted = truncated(apply("Reshape", [{ label: i }], { shape: "(-1,)" }));
      const picked = apply("pick", [{ pred: i }, wanted], { axis: "1" });
      const shifted = apply("_plus_scalar", [picked], { scalar: String(this.eps) });
      // A label that is no class has no probability. `update` refuses it; on a device it makes the sum infinite.
      const last = String((pred[1] ?? 1) - 1);
      const isClass = apply("_equal", [wanted, apply("clip", [wanted], { a_min: "0", a_max: last })]);
      const probability = apply("elemwise_mul", [shifted, isClass]);
      terms.push(apply("negative", [apply("sum", [apply("log", [probability])])]));
      count += rows;
    }
    const sum = total(terms);
    return sum === null ? null : { sum, count };
  }
}

/** Labels without their fractions, still as float32. */
function truncated(label: MetricExpression): MetricExpression {
  return apply("Cast", [apply("Cast", [label], { dtype: "int32" })], { dtype: "float32" });
}
