import type { Shape } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { explicitPad, gradientPadding, spatial } from "./convolution-padding.ts";
import type { ConvolutionWindow, Convolver } from "./convolver.ts";
import { dilated } from "./dilated-convolver.ts";
import { framedShape, padRows, unpadRows } from "./pad-rows.ts";
import { runKernel } from "./run-kernel.ts";

/**
 * Convolution over two axes where each input channel has output channels of its own: filter (kernel..., 1, O), of which
 * channel c has those from c * O/C on, as MXNet's groups of one channel have.
 */
export function depthwise2d(window: ConvolutionWindow): Convolver {
  // The tensorflow backend leaves dilations out on the CPU.
  if (window.dilate.some((step) => step > 1)) return dilated(window, depthwise2d);
  const [stride = 1] = window.stride;
  const attributes = { strides: [stride, stride], dataFormat: "NHWC", dilations: [1, 1] };
  const native = (shape: Shape, channels: number): [number, number, number, number] => {
    const [height = 1, width = 1, , outputs = 1] = shape;
    return [height, width, channels, outputs / channels];
  };
  return {
    forward(x, filter) {
      const reshaped = tf.reshape(filter, native(filter.shape, x.shape.at(-1) ?? 1));
      return runKernel("DepthwiseConv2dNative", { x, filter: reshaped }, { ...attributes, pad: explicitPad(window) });
    },
    filterGradient(x, dy, filterShape) {
      const { pad, rows } = gradientPadding(window, spatial(x.shape));
      const inputs = { x: padRows(x, rows, 0), dy };
      const nativeShape = native(filterShape, x.shape.at(-1) ?? 1);
      const attributesOfShape = { ...attributes, pad, filterShape: nativeShape };
      return tf.reshape(runKernel("DepthwiseConv2dNativeBackpropFilter", inputs, attributesOfShape), [...filterShape]);
    },
    inputGradient(dy, filter, inputShape) {
      const { pad, rows } = gradientPadding(window, spatial(inputShape));
      const reshaped = tf.reshape(filter, native(filter.shape, inputShape.at(-1) ?? 1));
      const attributesOfShape = { ...attributes, pad, inputShape: framedShape(inputShape, rows) };
      return unpadRows(
        runKernel("DepthwiseConv2dNativeBackpropInput", { dy, filter: reshaped }, attributesOfShape),
        rows,
      );
    },
  };
}
