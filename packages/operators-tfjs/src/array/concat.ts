import { normalizeAxis, type Shape } from "@mxgraft/base";
import type { Layout } from "@mxgraft/operator";
import type { ConcatAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { imageChannelsLast } from "./image-channels-last.ts";
import { part } from "./part.ts";

/** The axis and the layout in which arrays are put together. */
function plan(dim: number, rank: number): { readonly axis: number; readonly layout: Layout } {
  const axis = normalizeAxis(dim, rank, 'attribute "dim"');
  const layout = imageChannelsLast(axis, rank);
  return { axis: layout ? layout.indexOf(axis) : axis, layout };
}

const portable: TfjsKernel<ConcatAttributes> = {
  layouts({ dim }, shapes) {
    const { layout } = plan(dim, shapes[0]?.length ?? 0);
    return { arguments: shapes.map(() => layout), outputs: [layout] };
  },
  forward({ attributes: { dim }, inputs }) {
    const [first] = inputs;
    if (!first) return [];
    return [inputs.length === 1 ? tf.clone(first) : tf.concat([...inputs], plan(dim, first.rank).axis)];
  },
  backward({ attributes: { dim }, headGradients: [dy], inputShapes, wanted }) {
    if (!dy) return [];
    const { axis } = plan(dim, dy.rank);
    const mxAxis = normalizeAxis(dim, dy.rank, 'attribute "dim"');
    let start = 0;
    return inputShapes.map((shape: Shape, i) => {
      const [begin, count] = [start, shape[mxAxis] ?? 0];
      start += count;
      if (!wanted[i]) return undefined;
      return part(dy, axis, begin, count);
    });
  },
};

/** Kernels of Concat. */
export const concatKernels: KernelTable<ConcatAttributes> = { portable };
