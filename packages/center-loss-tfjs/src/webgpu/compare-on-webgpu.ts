import { elementProgram, runProgram, type WebgpuBackend, type WebgpuProgram, type WebgpuUniform } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const THREADS = 256;
/** Elements that a group of threads adds up before more groups pay. */
const PER_GROUP = 4096;
const MOST_GROUPS = 64;

/**
 * Sums of parts of an array, one for each group of threads; of its squares if asked. Each thread adds every
 * (groups * THREADS)-th element, and the group adds its threads' sums in a tree: the same order in every run.
 */
function partialSums(outputShape: readonly number[], squares: boolean): WebgpuProgram {
  const groups = outputShape.reduce((all, size) => all * size, 1);
  return {
    variableNames: ["x"],
    uniforms: "count : i32, weight : f32,",
    outputShape: [...outputShape],
    dispatchLayout: { x: outputShape.map((_, axis) => axis) },
    dispatch: [groups, 1, 1],
    workgroupSize: [THREADS, 1, 1],
    size: true,
    shaderKey: `mxgraft partialSums ${squares}`,
    getUserCode: () => `
      var<workgroup> sums : array<f32, ${THREADS}>;
      fn main(index : i32) {
        let local = i32(localId.x);
        let groups = uniforms.size;
        var sum = 0.0;
        for (var i = index; i < uniforms.count; i += groups * ${THREADS}) {
          sum += ${squares ? "x[i] * x[i]" : "x[i]"};
        }
        sums[local] = sum;
        for (var width = ${THREADS / 2}; width > 0; width = width / 2) {
          workgroupBarrier();
          if (local < width) { sums[local] += sums[local + width]; }
        }
        if (local == 0) { result[i32(workgroupId.x)] = sums[0] * uniforms.weight; }
      }`,
  };
}

/**
 * diff = data - center of the own class (N, D), and the loss, sum |diff|^2 / (2N): one shader gathers the centers and
 * subtracts, a second one squares and sums up.
 *
 * @param centers  (C, D); only the rows of the batch are read.
 */
export function compareOnWebgpu(
  backend: WebgpuBackend,
  data: tf.Tensor,
  classes: Int32Array,
  centers: tf.Tensor,
  lossShape: readonly number[],
): { readonly diff: tf.Tensor; readonly loss: tf.Tensor } {
  return tf.tidy(() => {
    const difference = elementProgram("centerLossDifference", {
      inputs: ["data", "classes", "centers"],
      outputShape: data.shape,
      code: `
        let size = uniforms.dataShape.y;
        let row = index / size;
        result[index] = data[index] - centers[classes[row] * size + index - row * size];`,
    });
    const diff = runProgram(backend, difference, [data, tf.tensor1d(classes, "int32"), centers]);
    const groups = Math.min(MOST_GROUPS, Math.ceil(diff.size / PER_GROUP));
    const uniforms = (count: number, weight: number): WebgpuUniform[] => [
      { type: "int32", data: [count] },
      { type: "float32", data: [weight] },
    ];
    const weight = 0.5 / classes.length;
    if (groups === 1) {
      return { diff, loss: runProgram(backend, partialSums(lossShape, true), [diff], uniforms(diff.size, weight)) };
    }
    const parts = runProgram(backend, partialSums([groups], true), [diff], uniforms(diff.size, 1));
    return { diff, loss: runProgram(backend, partialSums(lossShape, false), [parts], uniforms(groups, weight)) };
  });
}
