import { bothEnds, explicitPad, gradientPadding, spatial } from "./convolution-padding.ts";
import type { ConvolutionWindow, Convolver } from "./convolver.ts";
import { dilated } from "./dilated-convolver.ts";
import { framedShape, padRows, unpadRows } from "./pad-rows.ts";
import { runKernel } from "./run-kernel.ts";

const NHWC = "NHWC";

/** Convolution over two axes where every output channel sees every input channel. */
export function dense2d(window: ConvolutionWindow): Convolver {
  const strides = [...window.stride];
  const gradients: Omit<Convolver, "forward"> = window.dilate.some((step) => step > 1)
    ? dilated(window, dense2d)
    : undilated2d(window);
  return {
    ...gradients,
    // The forward kernels, unlike those of the gradients, know dilation and every padding.
    forward(x, filter, bias, activation) {
      const pad = explicitPad(window);
      const attributes = { strides, pad, dataFormat: NHWC, dilations: [...window.dilate] };
      if (bias === undefined) return runKernel("Conv2D", { x, filter }, attributes);
      return runKernel("FusedConv2D", { x, filter, bias }, { ...attributes, activation: activation ?? "linear" });
    },
  };
}

function undilated2d(window: ConvolutionWindow): Omit<Convolver, "forward"> {
  const attributes = { strides: [...window.stride], dataFormat: NHWC };
  return {
    filterGradient(x, dy, filterShape) {
      const { pad, rows } = gradientPadding(window, spatial(x.shape));
      const inputs = { x: padRows(x, rows, 0), dy };
      return runKernel("Conv2DBackpropFilter", inputs, { ...attributes, pad, filterShape: [...filterShape] });
    },
    inputGradient(dy, filter, inputShape) {
      const { pad, rows } = gradientPadding(window, spatial(inputShape));
      const attributesOfShape = { ...attributes, pad, inputShape: framedShape(inputShape, rows) };
      return unpadRows(runKernel("Conv2DBackpropInput", { dy, filter }, attributesOfShape), rows);
    },
  };
}

/** Convolution over three axes; tfjs pads there only by itself. */
export function dense3d(window: ConvolutionWindow): Convolver {
  if (window.dilate.some((step) => step > 1)) return dilated(window, dense3d);
  const rows = bothEnds(window.pad);
  const attributes = { strides: [...window.stride], pad: "valid" };
  return {
    forward(x, filter) {
      const inputs = { x: padRows(x, rows, 0), filter };
      return runKernel("Conv3D", inputs, { ...attributes, dataFormat: "NDHWC", dilations: [1, 1, 1] });
    },
    filterGradient(x, dy, filterShape) {
      const inputs = { x: padRows(x, rows, 0), dy };
      return runKernel("Conv3DBackpropFilterV2", inputs, { ...attributes, filterShape: [...filterShape] });
    },
    inputGradient(dy, filter, inputShape) {
      const attributesOfShape = { ...attributes, inputShape: framedShape(inputShape, rows) };
      return unpadRows(runKernel("Conv3DBackpropInputV2", { dy, filter }, attributesOfShape), rows);
    },
  };
}
