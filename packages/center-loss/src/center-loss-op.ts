import { type Shape, ShapeError } from "@mxgraft/base";
import { CustomOp, type NDArray, nd, type Req } from "@mxgraft/operator";
import { classesOf } from "./classes-of.ts";

/**
 * Center loss as the MXNet example writes it, line by line: the same numbers as `centerLoss` with its kernels, slower,
 * and a template for operators that are ported from Python. See `centerLoss` for the formulas.
 *
 * Two things differ from the Python, because MXNet fails there: labels out of range are an error, and only the rows of
 * the batch count when `diff_bias` has more.
 *
 * @throws ShapeError  `data` is not 2-D.
 */
export class CenterLoss extends CustomOp {
  readonly alpha: number;
  readonly batchSize: number;
  readonly numClass: number;
  readonly scale: number;

  constructor(shapes: readonly Shape[], numClass: number, alpha: number, scale = 1) {
    super();
    const [data = []] = shapes;
    if (data.length !== 2) {
      throw new ShapeError(`argument "data" has ${data.length} axes, expected 2: (N, D).`, {
        argument: "data",
        actual: data,
      });
    }
    this.alpha = alpha;
    this.batchSize = data[0] ?? 0;
    this.numClass = numClass;
    this.scale = scale;
  }

  override forward(
    _isTrain: boolean,
    req: readonly Req[],
    inData: readonly NDArray[],
    outData: readonly NDArray[],
    aux: readonly NDArray[],
  ): void {
    const [data, label] = inData as [NDArray, NDArray];
    const labels = classesOf(label.asnumpy(), this.numClass);
    const [diff, center] = aux as [NDArray, NDArray];

    // store x_i - c_yi
    for (let i = 0; i < this.batchSize; i++) diff.setAt(i, data.at(i).sub(center.at(labels[i] ?? 0)));

    const loss = nd
      .sum(nd.square(diff.slice(0, this.batchSize)))
      .div(this.batchSize)
      .div(2); // 1/2*||diff||^2
    this.assign(outData[0] as NDArray, req[0] ?? "write", loss);
  }

  override backward(
    req: readonly Req[],
    _outGrad: readonly NDArray[],
    inData: readonly NDArray[],
    _outData: readonly NDArray[],
    inGrad: readonly NDArray[],
    aux: readonly NDArray[],
  ): void {
    const [diff, center, sum] = aux as [NDArray, NDArray, NDArray];

    // back grad is just scale * ( x_i - c_yi)
    const gradScale = this.scale / this.batchSize;
    this.assign(inGrad[0] as NDArray, req[0] ?? "write", diff.slice(0, this.batchSize).mul(gradScale));

    // update the center
    const labels = classesOf((inData[1] as NDArray).asnumpy(), this.numClass);
    const labelOccur = new Map<number, number[]>();
    for (const [i, label] of labels.entries()) {
      const rows = labelOccur.get(label);
      if (rows) rows.push(i);
      else labelOccur.set(label, [i]);
    }

    for (const [label, sampleIndex] of labelOccur) {
      sum.set(0);
      let sum_ = sum;
      // `sum_` becomes a new array here, as in the Python, so the state itself stays 0
      for (const i of sampleIndex) sum_ = sum_.add(diff.at(i));
      const deltaC = sum_.div(1 + sampleIndex.length);
      center.at(label).addInPlace(deltaC.mul(this.alpha));
    }
  }
}
