import * as tf from "@tensorflow/tfjs";
import { webglKernel } from "./webgl-kernel.ts";

interface Inputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
}

/**
 * Division. The kernel of tfjs-backend-webgl 4.22 gives 1 where both numbers are equal, as some graphics cards miss it by
 * a little; but 0/0 and inf/inf are no numbers.
 */
export const realDiv = webglKernel<Inputs, object>("RealDiv", (stock) => {
  const divide = stock("RealDiv");
  return ({ inputs, attrs, backend }) => {
    const { a, b } = inputs;
    if (a.dtype !== "float32" || b.dtype !== "float32") return divide({ inputs: { a, b }, attrs, backend });
    const userCode = `
      void main() {
        float a = getAAtOutCoords();
        float b = getBAtOutCoords();
        setOutput(a == b && a != 0.0 && !isinf(a) ? 1.0 : a / b);
      }`;
    const outputShape = tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    return backend.runWebGLProgram({ variableNames: ["A", "B"], outputShape, userCode }, [a, b], "float32");
  };
});
