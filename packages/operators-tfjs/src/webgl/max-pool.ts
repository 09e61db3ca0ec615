import type * as tf from "@tensorflow/tfjs";
import { type PoolAttributes, type PoolInfo, poolInfo } from "../pooling-window.ts";
import { webglKernel } from "./webgl-kernel.ts";

/** The sizes as constants of the shader: tfjs keeps compiled shaders by their text. */
function constants(info: PoolInfo): string {
  return `
    const ivec2 strides = ivec2(${info.strideHeight}, ${info.strideWidth});
    const ivec2 pads = ivec2(${info.padInfo.top}, ${info.padInfo.left});
    const ivec2 inSizes = ivec2(${info.inHeight}, ${info.inWidth});
    const ivec2 outSizes = ivec2(${info.outHeight}, ${info.outWidth});
    const ivec2 window = ivec2(${info.filterHeight}, ${info.filterWidth});`;
}

/** The largest element of a window and where it is, the first of equal ones in row-major order. */
function search(info: PoolInfo, result: string): string {
  return `${constants(info)}
    void main() {
      ivec4 coords = getOutputCoords();
      ivec2 corner = coords.yz * strides - pads;
      float largest = -3.4028234663852886e38;
      int at = -1;
      for (int wy = 0; wy < window.x; wy++) {
        for (int wx = 0; wx < window.y; wx++) {
          ivec2 place = corner + ivec2(wy, wx);
          if (place.x < 0 || place.y < 0 || place.x >= inSizes.x || place.y >= inSizes.y) continue;
          float value = getX(coords.x, place.x, place.y, coords.w);
          if (at < 0 || value > largest) {
            largest = value;
            at = wy * window.y + wx;
          }
        }
      }
      setOutput(${result});
    }`;
}

/** The kernel of tfjs-backend-webgl 4.22 starts from -1e20, so that a window of smaller numbers gets that. */
export const maxPool = webglKernel<{ readonly x: tf.TensorInfo }, PoolAttributes>(
  "MaxPool",
  () =>
    ({ inputs: { x }, attrs, backend }) => {
      const info = poolInfo(x, attrs);
      const program = { variableNames: ["x"], outputShape: info.outShape, userCode: search(info, "largest") };
      return backend.runWebGLProgram(program, [x], x.dtype);
    },
);

/**
 * The gradient of max pooling. Of equal maxima the first, in row-major order, gets it, as in TensorFlow and MXNet; in
 * tfjs-backend-webgl 4.22 the last one does.
 */
export const maxPoolGrad = webglKernel<{ readonly dy: tf.TensorInfo; readonly input: tf.TensorInfo }, PoolAttributes>(
  "MaxPoolGrad",
  () =>
    ({ inputs: { dy, input }, attrs, backend }) => {
      const info = poolInfo(input, attrs);
      const searching = { variableNames: ["x"], outputShape: info.outShape, userCode: search(info, "float(at)") };
      const places = backend.runWebGLProgram(searching, [input], "float32");
      const userCode = `${constants(info)}
        void main() {
          ivec4 coords = getOutputCoords();
          float sum = 0.0;
          for (int wy = 0; wy < window.x; wy++) {
            for (int wx = 0; wx < window.y; wx++) {
              ivec2 corner = coords.yz + pads - ivec2(wy, wx);
              if (corner.x < 0 || corner.y < 0) continue;
              ivec2 place = corner / strides;
              if (place * strides != corner || place.x >= outSizes.x || place.y >= outSizes.y) continue;
              if (int(getPlaces(coords.x, place.x, place.y, coords.w) + 0.5) == wy * window.y + wx) {
                sum += getDy(coords.x, place.x, place.y, coords.w);
              }
            }
          }
          setOutput(sum);
        }`;
      const gathering = { variableNames: ["dy", "places"], outputShape: info.inShape, userCode };
      const result = backend.runWebGLProgram(gathering, [dy, places], "float32");
      backend.disposeData(places.dataId);
      return result;
    },
);
