import { type DType, hostArray, type Shape } from "@mxgraft/base";
import { type CustomOp, NDArray, type OperatorSpec, type Req } from "@mxgraft/operator";
import type * as tf from "@tensorflow/tfjs";
import type { TfjsKernel } from "./kernel-table.ts";
import type { StateCell } from "./state-cell.ts";
import { download, upload } from "./transfer.ts";

/** The tensors in MXNet's arrays, all downloaded at once. */
async function fetchArrays(
  tensors: readonly (tf.Tensor | undefined)[],
  shapes: readonly Shape[],
  dtypeOf: (index: number) => DType,
): Promise<NDArray[]> {
  return Promise.all(
    tensors.map(async (tensor, i) => {
      const shape = shapes[i] ?? tensor?.shape ?? [];
      // What backward does not read is freed already; the operator gets zeros in its place, as it must not look.
      if (tensor === undefined || tensor.isDisposed) return NDArray.fromHost(hostArray(dtypeOf(i), shape));
      return NDArray.fromHost(await download(tensor, shape, dtypeOf(i)));
    }),
  );
}

function auxOf(states: readonly StateCell[]): NDArray[] {
  return states.flatMap((cell) => (cell.kind === "host" ? [cell.array] : []));
}

/**
 * The kernel of an operator written as a `CustomOp`: its arrays live in JavaScript memory, so inputs are downloaded
 * and results uploaded, on every backend. Auxiliary states stay in JavaScript memory between the calls.
 */
export function customOpKernel(
  operator: CustomOp,
  spec: OperatorSpec,
  attributes: object,
  dtypes: readonly DType[],
): TfjsKernel {
  const float32 = (): DType => "float32";
  const outputTypes = spec.inferType(attributes, {
    arguments: dtypes,
    outputs: spec.outputs(attributes).map(() => undefined),
    auxiliaryStates: spec.auxiliaryStates(attributes).map(() => undefined),
  }).outputs;
  const argumentType = (i: number): DType => dtypes[i] ?? "float32";
  const outputType = (i: number): DType => outputTypes?.[i] ?? float32();
  return {
    asynchronous: true,
    addsToGradients: true,
    storage: () => spec.auxiliaryStates(attributes).map(() => "host" as const),

    async forward({ inputs, states, outputShapes, isTrain }) {
      const inData = await fetchArrays(
        inputs,
        inputs.map((input) => input.shape),
        argumentType,
      );
      const outData = outputShapes.map((shape, i) => NDArray.fromHost(hostArray(outputType(i), shape)));
      const req = outData.map((): Req => "write");
      await operator.forward(isTrain, req, inData, outData, auxOf(states));
      return outData.map((array) => upload(array.toHost()));
    },

    async backward({ headGradients, inputs, outputs, states, wanted, present, inputShapes }) {
      const outputShapes = outputs.map((output) => output.shape);
      const outGrad = await fetchArrays(
        outputs.map((_, i) => headGradients[i]),
        outputShapes,
        outputType,
      );
      const inData = await fetchArrays(inputs, inputShapes, argumentType);
      const outData = await fetchArrays(outputs, outputShapes, outputType);
      const inGrad = await fetchArrays(
        inputShapes.map((_, i) => present?.[i]),
        inputShapes,
        argumentType,
      );
      const req = wanted.map((want, i): Req => (want ? (present?.[i] ? "add" : "write") : "null"));
      await operator.backward(req, outGrad, inData, outData, inGrad, auxOf(states));
      return inGrad.map((array, i) => (wanted[i] ? upload(array.toHost()) : undefined));
    },
  };
}
