import { elementProgram, type WebgpuUniform } from "@mxgraft/tfjs";
import type * as tf from "@tensorflow/tfjs";
import { type PoolAttributes, type PoolInfo, poolInfo } from "../pooling-window.ts";
import { webgpuKernel } from "./webgpu-kernel.ts";

const UNIFORMS =
  "strides : vec2<i32>, pads : vec2<i32>, inSizes : vec2<i32>, outSizes : vec2<i32>, window : vec2<i32>,";

function uniformsOf(info: PoolInfo): WebgpuUniform[] {
  return [
    [info.strideHeight, info.strideWidth],
    [info.padInfo.top, info.padInfo.left],
    [info.inHeight, info.inWidth],
    [info.outHeight, info.outWidth],
    [info.filterHeight, info.filterWidth],
  ].map((data) => ({ type: "int32", data }));
}

/** The largest element of a window and where it is, the first of equal ones in row-major order. */
const SEARCH = `
  let coords = getCoordsFromIndex(index);
  let corner = coords.yz * uniforms.strides - uniforms.pads;
  var largest = -0x1.fffffep+127f;
  var at = -1;
  for (var wy = 0; wy < uniforms.window.x; wy++) {
    for (var wx = 0; wx < uniforms.window.y; wx++) {
      let place = corner + vec2<i32>(wy, wx);
      if (any(place < vec2<i32>(0)) || any(place >= uniforms.inSizes)) { continue; }
      let value = getX(coords.x, place.x, place.y, coords.w);
      if (at < 0 || value > largest) {
        largest = value;
        at = wy * uniforms.window.y + wx;
      }
    }
  }`;

/** The kernel of tfjs-backend-webgpu 4.22 starts from -1e20, so that a window of smaller numbers gets that. */
export const maxPool = webgpuKernel<{ readonly x: tf.TensorInfo }, PoolAttributes>(
  "MaxPool",
  () =>
    ({ inputs: { x }, attrs, backend }) => {
      const info = poolInfo(x, attrs);
      const code = `${SEARCH}\n setOutputAtIndex(index, largest);`;
      const program = elementProgram("maxPool", {
        inputs: ["x"],
        uniforms: UNIFORMS,
        outputShape: info.outShape,
        code,
      });
      return backend.runWebGPUProgram(program, [x], x.dtype, uniformsOf(info));
    },
);

/**
 * The gradient of max pooling. Of equal maxima the first, in row-major order, gets it, as in TensorFlow and MXNet; in
 * tfjs-backend-webgpu 4.22 the last one does.
 */
export const maxPoolGrad = webgpuKernel<{ readonly dy: tf.TensorInfo; readonly input: tf.TensorInfo }, PoolAttributes>(
  "MaxPoolGrad",
  () =>
    ({ inputs: { dy, input }, attrs, backend }) => {
      const info = poolInfo(input, attrs);
      const uniforms = uniformsOf(info);
      const search = elementProgram("maxPoolPlaces", {
        inputs: ["x"],
        uniforms: UNIFORMS,
        outputShape: info.outShape,
        code: `${SEARCH}\n setOutputAtIndexI32(index, at);`,
      });
      const places = backend.runWebGPUProgram(search, [input], "int32", uniforms);
      const gather = elementProgram("maxPoolGrad", {
        inputs: ["dy", "places"],
        uniforms: UNIFORMS,
        outputShape: info.inShape,
        code: `
          let coords = getCoordsFromIndex(index);
          var sum = 0.0;
          for (var wy = 0; wy < uniforms.window.x; wy++) {
            for (var wx = 0; wx < uniforms.window.y; wx++) {
              let corner = coords.yz + uniforms.pads - vec2<i32>(wy, wx);
              let out = corner / uniforms.strides;
              if (any(corner < vec2<i32>(0)) || any(out * uniforms.strides != corner) || any(out >= uniforms.outSizes)) { continue; }
              if (i32(getPlaces(coords.x, out.x, out.y, coords.w)) == wy * uniforms.window.y + wx) {
                sum += getDy(coords.x, out.x, out.y, coords.w);
              }
            }
          }
          setOutputAtIndex(index, sum);`,
      });
      const result = backend.runWebGPUProgram(gather, [dy, places], "float32", uniforms);
      backend.disposeData(places.dataId);
      return result;
    },
);
