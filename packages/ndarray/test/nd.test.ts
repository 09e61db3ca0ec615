import { expect, test } from "vitest";
import { NDArray, nd } from "../src/index.ts";

const x = () =>
  NDArray.array([
    [1, -2, 3],
    [0.5, 5, -6],
  ]);
const cube = () => nd.arange(24).reshape(2, 3, 4);

// Expected values are worked by hand, or MXNet's where a comment in the source speaks of a quirk.
test.for<[string, () => NDArray, number[], number[]]>([
  ["square and sum", () => nd.sum(nd.square(x())), [1], [1 + 4 + 9 + 0.25 + 25 + 36]],
  ["sum over two axes", () => nd.sum(cube(), { axis: [0, 2] }), [3], [60, 92, 124]],
  [
    "norm",
    () =>
      nd.norm(
        NDArray.array([
          [3, 4],
          [0, 0],
        ]),
        { axis: 1 },
      ),
    [2],
    [5, 0],
  ],
  ["norm of order 1", () => nd.norm(x(), { ord: 1 }), [1], [17.5]],
  [
    "argmax of ties takes the first",
    () =>
      nd.argmax(
        NDArray.array([
          [1, 3, 3],
          [2, 2, 2],
        ]),
        { axis: 1 },
      ),
    [2],
    [1, 0],
  ],
  ["argmax_channel", () => nd.argmax_channel(x()), [2], [2, 1]],
  ["maximum with a number", () => nd.maximum(x(), 0), [2, 3], [1, 0, 3, 0.5, 5, 0]],
  ["a number minus an array", () => nd.subtract(1, x()), [2, 3], [0, 3, -2, 0.5, -4, 7]],
  [
    "broadcast_sub of a column",
    () => nd.broadcast_sub(x(), NDArray.array([[1], [2]])),
    [2, 3],
    [0, -3, 2, -1.5, 3, -8],
  ],
  ["dot of matrices", () => nd.dot(NDArray.array([[1, 2]]), NDArray.array([[3], [4]])), [1, 1], [11]],
  ["dot of transposed ones", () => nd.dot(x(), x(), { transpose_b: true }), [2, 2], [14, -27.5, -27.5, 61.25]],
  ["dot of vectors", () => nd.dot(NDArray.array([1, 2]), NDArray.array([3, 4])), [1], [11]],
  ["batch_dot", () => nd.batch_dot(NDArray.ones([2, 1, 3]), cube()), [2, 1, 4], [12, 15, 18, 21, 48, 51, 54, 57]],
  ["softmax of equal values", () => nd.softmax(NDArray.zeros([2, 4])), [2, 4], Array.from({ length: 8 }, () => 0.25)],
  [
    "softmax of large values",
    () =>
      nd.softmax(
        NDArray.array([
          [1000, 1000],
          [-1000, 0],
        ]),
        { axis: 0 },
      ),
    [2, 2],
    [1, 1, 0, 0],
  ],
  [
    "log_softmax",
    () => nd.log_softmax(NDArray.zeros([1, 2])),
    [1, 2],
    [Math.fround(-Math.LN2), Math.fround(-Math.LN2)],
  ],
  [
    "one_hot leaves out indices out of range",
    () => nd.one_hot(NDArray.array([1, 3, -1]), 3),
    [3, 3],
    [0, 1, 0, 0, 0, 0, 0, 0, 0],
  ],
  ["pick clips", () => nd.pick(x(), NDArray.array([7, -1])), [2], [3, 0.5]],
  [
    "pick along the first axis",
    () => nd.pick(x(), NDArray.array([0, 1, 0]), { axis: 0, keepdims: true }),
    [1, 3],
    [1, 5, 3],
  ],
  ["take wraps", () => nd.take(x(), NDArray.array([-1, 2]), { mode: "wrap" }), [2, 3], [0.5, 5, -6, 1, -2, 3]],
  ["take along the last axis", () => nd.take(x(), NDArray.array([[2, 0]]), { axis: 1 }), [2, 1, 2], [3, 1, -6, 0.5]],
  ["where by rows", () => nd.where(NDArray.array([0, 1]), x(), x().neg()), [2, 3], [-1, 2, -3, 0.5, 5, -6]],
  ["clip", () => nd.clip(x(), -2, 2), [2, 3], [1, -2, 2, 0.5, 2, -2]],
  ["round goes away from zero", () => nd.round(NDArray.array([2.5, -2.5, 0.4])), [3], [3, -3, 0]],
  ["rint takes the lower integer of two", () => nd.rint(NDArray.array([2.5, -2.5, 0.6])), [3], [2, -3, 1]],
  ["concat", () => nd.concat([x(), NDArray.ones([2, 1])]), [2, 4], [1, -2, 3, 1, 0.5, 5, -6, 1]],
  [
    "stack along a new last axis",
    () => nd.stack([NDArray.array([1, 2]), NDArray.array([3, 4])], { axis: 1 }),
    [2, 2],
    [1, 3, 2, 4],
  ],
  [
    "split",
    () => nd.split(cube(), { num_outputs: 2, axis: 0, squeeze_axis: true })[1] ?? cube(),
    [3, 4],
    Array.from({ length: 12 }, (_, i) => 12 + i),
  ],
  [
    "slice with steps",
    () => nd.slice(cube(), { begin: [1, null, 3], end: [null, 2, 0], step: [1, 1, -2] }),
    [1, 2, 2],
    [15, 13, 19, 17],
  ],
  [
    "expand_dims and broadcast_to",
    () => nd.broadcast_to(nd.expand_dims(NDArray.array([1, 2]), 1), { shape: [2, 2] }),
    [2, 2],
    [1, 1, 2, 2],
  ],
  ["flip", () => nd.flip(x(), { axis: 0 }), [2, 3], [0.5, 5, -6, 1, -2, 3]],
  ["tile adds axes", () => nd.tile(NDArray.array([1, 2]), { reps: [2, 2] }), [2, 4], [1, 2, 1, 2, 1, 2, 1, 2]],
  ["repeat along an axis", () => nd.repeat(x(), { repeats: 2, axis: 1 }).slice(0, 1), [1, 6], [1, 1, -2, -2, 3, 3]],
  [
    "transpose of three axes",
    () => nd.transpose(cube(), { axes: [1, 2, 0] }).at(0),
    [4, 2],
    [0, 12, 1, 13, 2, 14, 3, 15],
  ],
  ["argsort, largest first", () => nd.argsort(x(), { is_ascend: false }), [2, 3], [2, 0, 1, 1, 0, 2]],
  ["sort of the whole", () => nd.sort(x(), { axis: null }), [6], [-6, -2, 0.5, 1, 3, 5]],
  ["arange with repeats", () => nd.arange(1, 3, { step: 0.5, repeat: 2 }), [8], [1, 1, 1.5, 1.5, 2, 2, 2.5, 2.5]],
  ["eye", () => nd.eye(2, 3), [2, 3], [1, 0, 0, 0, 1, 0]],
  ["smooth_l1", () => nd.smooth_l1(NDArray.array([0.5, -3])), [2], [0.125, 2.5]],
])("%s", ([, run, shape, expected]) => {
  const result = run();
  expect(result.shape).toEqual(shape);
  // Adding 0 makes -0 and 0 equal.
  expect([...result.asnumpy()].map((value) => value + 0)).toEqual(expected);
});

test("a custom operator's lines: rows, scaled updates and a loss", () => {
  const data = NDArray.array([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  const center = NDArray.array([
    [1, 1],
    [0, 0],
  ]);
  const label = [0, 1, 0];
  const diff = NDArray.zeros([3, 2]);
  for (const [i, row] of label.entries()) diff.setAt(i, data.at(i).sub(center.at(row)));
  expect([...diff.asnumpy()]).toEqual([0, 1, 3, 4, 4, 5]);
  expect(nd.sum(nd.square(diff)).div(3).div(2).asscalar()).toBe(Math.fround(Math.fround(67 / 3) / 2));
  const sum = NDArray.ones([2]);
  sum.set(0);
  for (const i of [0, 2]) sum.addInPlace(diff.at(i));
  center.at(0).addInPlace(sum.mul(0.75 / (1 + 2)));
  expect([...center.asnumpy()]).toEqual([2, 2.5, 0, 0]);
});
