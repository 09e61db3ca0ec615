import { normalizeAxis, type Shape } from "@mxgraft/base";
import type { Layout } from "@mxgraft/operator";
import type { SliceChannelAttributes } from "@mxgraft/operators";
import { type KernelTable, physicalShape, type TfjsKernel } from "@mxgraft/tfjs";
import { imageChannelsLast } from "./image-channels-last.ts";
import { joinParts, splitParts } from "./split-parts.ts";

/** The axis that is cut, in the layout that is asked for; squeezed parts are no images any more. */
function plan({ axis: given, num_outputs, squeeze_axis }: SliceChannelAttributes, shape: Shape) {
  const mxAxis = normalizeAxis(given, shape.length, 'attribute "axis"');
  const layout: Layout = squeeze_axis ? undefined : imageChannelsLast(mxAxis, shape.length);
  const size = (shape[mxAxis] ?? 0) / num_outputs;
  const bounds = Array.from({ length: num_outputs + 1 }, (_, i) => i * size);
  return { axis: layout ? layout.indexOf(mxAxis) : mxAxis, layout, bounds };
}

const portable: TfjsKernel<SliceChannelAttributes> = {
  layouts(attributes, [shape = []], outputs) {
    const { layout } = plan(attributes, shape);
    return { arguments: [layout], outputs: outputs.map(() => layout) };
  },
  forward({ attributes, inputs: [data], outputShapes }) {
    if (!data) return [];
    const { axis, layout, bounds } = plan(attributes, logicalShape(attributes, data.shape, outputShapes));
    return splitParts(data, axis, bounds, (i) => physicalShape(outputShapes[i] ?? [], layout));
  },
  backward({ attributes, headGradients, inputShapes: [shape] }) {
    if (!shape) return [];
    const { axis, layout, bounds } = plan(attributes, shape);
    return [joinParts(headGradients, axis, bounds, physicalShape(shape, layout))];
  },
};

/** MXNet's shape of the data, which its tensor may keep in another layout. */
function logicalShape(attributes: SliceChannelAttributes, shape: Shape, [output]: readonly Shape[]): Shape {
  if (!output || attributes.squeeze_axis) return shape;
  const axis = normalizeAxis(attributes.axis, output.length, 'attribute "axis"');
  return output.with(axis, (output[axis] ?? 0) * attributes.num_outputs);
}

/** Kernels of SliceChannel. */
export const sliceChannelKernels: KernelTable<SliceChannelAttributes> = { portable };
