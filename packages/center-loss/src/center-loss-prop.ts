import { type DType, type Shape, ShapeError } from "@mxgraft/base";
import { type CustomAttributes, CustomOpProp, type CustomShapes, type CustomTypes } from "@mxgraft/operator";
import { centerLoss } from "./center-loss.ts";
import { CenterLoss } from "./center-loss-op.ts";

/**
 * The prop of the MXNet example's `CenterLoss`, line by line. Register it in place of `centerLoss` to run the ported
 * operator: `register("centerloss", CenterLossProp)`.
 *
 * @throws AttributeError  an attribute is missing, unknown or no number.
 */
export class CenterLossProp extends CustomOpProp {
  readonly numClass: number;
  readonly alpha: number;
  readonly scale: number;
  readonly batchsize: number;

  constructor(attributes: CustomAttributes) {
    super({ needTopGrad: false });

    // convert it to numbers
    const { num_class, alpha, scale, batchsize } = centerLoss.parse(new Map(Object.entries(attributes)));
    this.numClass = num_class;
    this.alpha = alpha;
    this.scale = scale;
    this.batchsize = batchsize;
  }

  override listArguments(): readonly string[] {
    return ["data", "label"];
  }

  override listOutputs(): readonly string[] {
    return ["output"];
  }

  override listAuxiliaryStates(): readonly string[] {
    // call them 'bias' for zero initialization
    return ["diff_bias", "center_bias", "sum_bias"];
  }

  /** @throws ShapeError  `data` is not 2-D. */
  override inferShape(inShape: readonly Shape[]): CustomShapes {
    const dataShape = inShape[0] ?? [];
    const [n = 0, d = 0] = dataShape;
    if (dataShape.length !== 2) {
      throw new ShapeError(`argument "data" has ${dataShape.length} axes, expected 2: (N, D).`, {
        argument: "data",
        actual: dataShape,
      });
    }
    const labelShape = [n];

    // store diff , same shape as input batch; the Python takes batchsize even when the batch is larger, and fails then
    const diffShape = [Math.max(this.batchsize, n), d];

    // store the center of each class , should be ( num_class, d )
    const centerShape = [this.numClass, d];

    // computation buf
    const sumShape = [d];

    const outputShape = [1];
    return { inShape: [dataShape, labelShape], outShape: [outputShape], auxShape: [diffShape, centerShape, sumShape] };
  }

  /** Everything has the type of the data, but labels may be int32. */
  override inferType(inType: readonly DType[]): CustomTypes {
    const [data = "float32", label = data] = inType;
    return { inType: [data, label], outType: [data], auxType: [data, data, data] };
  }

  override createOperator(_ctx: string, shapes: readonly Shape[], _dtypes: readonly DType[]): CenterLoss {
    return new CenterLoss(shapes, this.numClass, this.alpha, this.scale);
  }
}
