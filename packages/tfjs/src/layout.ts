import { type HostArray, hostArray, invariant, type Shape, stridesOf } from "@mxgraft/base";
import type { Layout } from "@mxgraft/operator";
import * as tf from "@tensorflow/tfjs";

/** The shape of a tensor that keeps an array of MXNet's shape in a layout. */
export function physicalShape(shape: Shape, layout: Layout): number[] {
  return layout === undefined ? [...shape] : layout.map((axis) => shape[axis] ?? 1);
}

export function sameLayout(a: Layout, b: Layout): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((axis, i) => axis === b[i]);
}

/** Where each axis of layout `to` lies in layout `from`. */
function permutationBetween(from: Layout, to: Layout, rank: number): number[] {
  const plain = [...Array(rank).keys()];
  const source = from ?? plain;
  return (to ?? plain).map((axis) => source.indexOf(axis));
}

/** Whether the elements stay in their places: only axes of size 1 move past others. */
function keepsOrder(permutation: readonly number[], sourceShape: Shape): boolean {
  const moving = permutation.filter((axis) => sourceShape[axis] !== 1);
  return moving.every((axis, i) => i === 0 || axis > (moving[i - 1] ?? 0));
}

/**
 * A tensor in another layout; always a new tensor, without moving data where only axes of size 1 change places.
 *
 * @param shape  MXNet's shape of the array.
 */
export function changeLayout(tensor: tf.Tensor, shape: Shape, from: Layout, to: Layout): tf.Tensor {
  const permutation = permutationBetween(from, to, shape.length);
  if (keepsOrder(permutation, tensor.shape)) return tf.reshape(tensor, physicalShape(shape, to));
  return tf.transpose(tensor, permutation);
}

/** The same as `changeLayout` for an array in JavaScript memory; the array itself where no data moves. */
function permute(array: HostArray, permutation: readonly number[]): HostArray {
  const shape = permutation.map((axis) => array.shape[axis] ?? 1);
  if (keepsOrder(permutation, array.shape)) return hostArray(array.dtype, shape, array.data);
  const target = hostArray(array.dtype, shape);
  const sourceStrides = stridesOf(array.shape);
  const steps = permutation.map((axis) => sourceStrides[axis] ?? 1);
  const { data } = target;
  const source = array.data;
  const rank = shape.length;
  const index = new Array<number>(rank).fill(0);
  const inner = shape[rank - 1] ?? 1;
  const innerStep = steps[rank - 1] ?? 1;
  let from = 0;
  for (let to = 0; to < data.length; ) {
    for (let i = 0, at = from; i < inner; i++, at += innerStep) data[to++] = source[at] ?? 0;
    for (let axis = rank - 2; axis >= 0; axis--) {
      const step = steps[axis] ?? 1;
      const position = (index[axis] ?? 0) + 1;
      from += step;
      if (position < (shape[axis] ?? 1)) {
        index[axis] = position;
        break;
      }
      from -= step * position;
      index[axis] = 0;
    }
  }
  return target;
}

/** An array in MXNet's order, brought into a layout for upload. */
export function toLayout(array: HostArray, layout: Layout): HostArray {
  return layout === undefined ? array : permute(array, layout);
}

/** An array that was downloaded in a layout, brought into MXNet's order. */
export function fromLayout(array: HostArray, layout: Layout): HostArray {
  if (layout === undefined) return array;
  invariant(layout.length === array.shape.length, `layout of ${layout.length} axes for ${array.shape.length}`);
  return permute(array, permutationBetween(layout, undefined, layout.length));
}
