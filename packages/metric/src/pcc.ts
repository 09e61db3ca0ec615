import { equalShapes, FormatError, type HostArray, ValueError } from "@mxgraft/base";
import { argmax } from "./argmax.ts";
import { EvalMetric, type MetricResult } from "./eval-metric.ts";
import { labelPairs } from "./label-pairs.ts";
import { booleanOption, commonOptions, type MetricOptions, readOptions } from "./metric-options.ts";
import type { MetricState } from "./metric-state.ts";
import { requireSameSize } from "./same-size.ts";
import { classesOf } from "./values-of.ts";

export interface PCCOptions extends MetricOptions {
  /** Whether `getGlobal` has a confusion matrix of its own; default true. */
  readonly hasGlobalStats?: boolean;
}

/** Rows are predictions, columns labels; grows with the classes that are seen. */
class ConfusionMatrix {
  classes = 2;
  cells = new Float64Array(4);

  add(predicted: number, wanted: number): void {
    if (Math.max(predicted, wanted) >= this.classes) this.#grow(Math.max(predicted, wanted) + 1);
    const cell = predicted * this.classes + wanted;
    this.cells[cell] = (this.cells[cell] ?? 0) + 1;
  }

  #grow(classes: number): void {
    const cells = new Float64Array(classes * classes);
    for (let row = 0; row < this.classes; row++) {
      cells.set(this.cells.subarray(row * this.classes, (row + 1) * this.classes), row * classes);
    }
    this.classes = classes;
    this.cells = cells;
  }

  /** The correlation of predictions and labels over all classes; NaN when either has only one class. */
  correlation(): number {
    const rows = new Float64Array(this.classes);
    const columns = new Float64Array(this.classes);
    let total = 0;
    for (const [i, count] of this.cells.entries()) {
      const row = Math.floor(i / this.classes);
      rows[row] = (rows[row] ?? 0) + count;
      columns[i % this.classes] = (columns[i % this.classes] ?? 0) + count;
      total += count;
    }
    let xx = 0;
    let yy = 0;
    let xy = 0;
    for (let k = 0; k < this.classes; k++) {
      const x = rows[k] ?? 0;
      const y = columns[k] ?? 0;
      xx += x * (total - x);
      yy += y * (total - y);
      xy += (this.cells[k * this.classes + k] ?? 0) * total - x * y;
    }
    return xx === 0 || yy === 0 ? Number.NaN : xy / Math.sqrt(xx * yy);
  }
}

/** Labels above this are taken for a mistake: the confusion matrix holds the square of the number of classes. */
const MOST_CLASSES = 4096;

/**
 * Multiclass Matthews correlation coefficient, from the confusion matrix of everything seen.
 *
 * Shapes (N batch, K classes): label (N) class indices; pred (N, K) scores, or class indices in the label's shape.
 *
 * @throws ShapeError  label and prediction do not fit together.
 * @throws ValueError  a class is negative or above 4095.
 */
export class PCC extends EvalMetric {
  #local = new ConfusionMatrix();
  #global = new ConfusionMatrix();

  constructor(options: PCCOptions = {}) {
    const { hasGlobalStats, ...common } = readOptions("PCC", options, {
      hasGlobalStats: booleanOption(true),
      ...commonOptions("pcc"),
    });
    super(common.name, { ...common, hasGlobalStats, config: { hasGlobalStats } });
  }

  update(labels: readonly HostArray[], preds: readonly HostArray[]): void {
    const subject = `Metric "${this.name}"`;
    for (const { label, pred } of labelPairs(labels, preds, subject)) {
      const predicted = equalShapes(label.shape, pred.shape) ? classesOf(pred) : argmax(pred, 1, subject);
      requireSameSize(subject, label, pred, predicted.length);
      const wanted = classesOf(label);
      for (const [row, answer] of predicted.entries()) {
        for (const found of [answer, wanted[row] ?? 0]) {
          if (found >= 0 && found < MOST_CLASSES) continue;
          throw new ValueError(`${subject}: class ${found} in row ${row} is not one of 0..${MOST_CLASSES - 1}.`, {
            row,
            actual: found,
            expected: MOST_CLASSES,
          });
        }
      }
      for (const [row, answer] of predicted.entries()) {
        this.#local.add(answer, wanted[row] ?? 0);
        this.#global.add(answer, wanted[row] ?? 0);
      }
    }
    this.numInst++;
    this.globalNumInst++;
  }

  override get(): MetricResult {
    return [this.name, this.numInst === 0 ? Number.NaN : this.#local.correlation()];
  }

  override getGlobal(): MetricResult {
    if (!this.hasGlobalStats) return this.get();
    return [this.name, this.globalNumInst === 0 ? Number.NaN : this.#global.correlation()];
  }

  override reset(): void {
    super.reset();
    this.#global = new ConfusionMatrix();
  }

  override resetLocal(): void {
    super.resetLocal();
    this.#local = new ConfusionMatrix();
  }

  override state(): MetricState {
    const { classes } = this.#global;
    const matrices = [this.#local, this.#global].map(({ classes, cells }) => ({ numbers: [classes, ...cells] }));
    return { numbers: [...super.state().numbers, classes], children: matrices };
  }

  override restore(state: MetricState): void {
    const numbers = this.expectNumbers(state, 5);
    super.restore({ numbers: numbers.slice(0, 4) });
    const [local, global] = (state.children ?? []).map((child) => this.#matrixOf(child));
    if (local === undefined || global === undefined) {
      throw new FormatError(`The state for metric "${this.name}" lacks its confusion matrices.`, {
        argument: this.name,
      });
    }
    this.#local = local;
    this.#global = global;
  }

  #matrixOf({ numbers: [classes = 0, ...cells] }: MetricState): ConfusionMatrix {
    if (!(classes >= 2 && classes <= MOST_CLASSES) || cells.length !== classes * classes) {
      throw new FormatError(
        `The state for metric "${this.name}" holds a confusion matrix of ${cells.length} cells for ${classes} classes.`,
        { argument: this.name, actual: cells.length, expected: classes * classes },
      );
    }
    const matrix = new ConfusionMatrix();
    matrix.classes = classes;
    matrix.cells = Float64Array.from(cells);
    return matrix;
  }
}
