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

/** Whether an array of MXNet's shape has its elements in other places in a layout. */
export function movesElements(shape: Shape, layout: Layout): boolean {
  return !keepsOrder(permutationBetween(undefined, layout, shape.length), shape);
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

/** An axis of an array that is copied: its size, and how far its elements lie apart in the source and in the target. */
interface Axis {
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** Axes, in the order of the target, with neighbours as one where their elements follow each other in both arrays. */
function joined(axes: readonly Axis[]): Axis[] {
  const result: Axis[] = [];
  for (const axis of axes) {
    const last = result.at(-1);
    if (last !== undefined && last.from === axis.size * axis.from && last.to === axis.size * axis.to) {
      result[result.length - 1] = { ...axis, size: last.size * axis.size };
    } else result.push(axis);
  }
  return result;
}

/** Copies element by element, along the longest axis in the inner loop: images have few channels. */
function copyAlong(axes: readonly Axis[], source: HostArray["data"], target: HostArray["data"]): void {
  const [inner, ...outer] = axes.toSorted((a, b) => b.size - a.size);
  if (inner === undefined) return;
  const index = outer.map(() => 0);
  let [from, to] = [0, 0];
  for (let left = outer.reduce((product, { size }) => product * size, 1); left > 0; left--) {
    for (let i = 0, a = from, b = to; i < inner.size; i++, a += inner.from, b += inner.to) target[b] = source[a] ?? 0;
    for (const [k, axis] of outer.entries()) {
      const position = (index[k] ?? 0) + 1;
      from += axis.from;
      to += axis.to;
      if (position < axis.size) {
        index[k] = position;
        break;
      }
      from -= axis.from * position;
      to -= axis.to * position;
      index[k] = 0;
    }
  }
}

/**
 * The same as `changeLayout` for an array in JavaScript memory; the array itself where no data moves.
 *
 * @param room  gives the array that is filled otherwise.
 */
function permute(
  array: HostArray,
  permutation: readonly number[],
  room: (array: HostArray, shape: Shape) => HostArray = ({ dtype }, shape) => hostArray(dtype, shape),
): HostArray {
  const shape = permutation.map((axis) => array.shape[axis] ?? 1);
  if (keepsOrder(permutation, array.shape)) return hostArray(array.dtype, shape, array.data);
  const target = room(array, shape);
  const [from, to] = [stridesOf(array.shape), stridesOf(shape)];
  const axes = permutation.map((axis, i): Axis => ({ size: shape[i] ?? 1, from: from[axis] ?? 1, to: to[i] ?? 1 }));
  copyAlong(joined(axes), array.data, target.data);
  return target;
}

/**
 * An array in MXNet's order, brought into a layout for upload.
 *
 * @param room  gives the array that is filled where data moves; by default a new one.
 */
export function toLayout(array: HostArray, layout: Layout, room?: Parameters<typeof permute>[2]): HostArray {
  return layout === undefined ? array : permute(array, layout, room);
}

/** An array that was downloaded in a layout, brought into MXNet's order. */
export function fromLayout(array: HostArray, layout: Layout): HostArray {
  if (layout === undefined) return array;
  invariant(layout.length === array.shape.length, `layout of ${layout.length} axes for ${array.shape.length}`);
  return permute(array, permutationBetween(layout, undefined, layout.length));
}
