import { DTypeError, ShapeError, UsageError } from "@mxgraft/base";
import { expect, test } from "vitest";
import { NDArray, nd } from "../src/index.ts";

const matrix = () =>
  NDArray.array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
const values = (array: NDArray) => [...array.asnumpy()];

test("shares memory between an array and its rows, slices and reshapes, and copies for asnumpy", () => {
  const x = matrix();
  x.at(-1).set(0);
  x.slice(0, 1).addInPlace(10);
  x.reshape(-1).setAt(0, 99);
  expect(values(x)).toEqual([99, 12, 13, 0, 0, 0]);
  x.asnumpy()[0] = -1;
  expect(x.at(0).asnumpy()[0]).toBe(99);
  expect(x.at(0).at(1).shape).toEqual([1]);
  expect(NDArray.fromHost(x.toHost()).addInPlace(1)).not.toBe(x);
  expect(x.at(0).at(0).asscalar()).toBe(100);
});

test.for<[string, (x: NDArray) => NDArray, number[], number[]]>([
  ["x + row", (x) => x.add(NDArray.array([10, 20, 30])), [2, 3], [11, 22, 33, 14, 25, 36]],
  ["x - column", (x) => x.sub(NDArray.array([[1], [4]])), [2, 3], [0, 1, 2, 0, 1, 2]],
  ["column * row", (x) => x.slice(0, 1).T.mul(NDArray.array([1, 10])), [3, 2], [1, 10, 2, 20, 3, 30]],
  ["x / 2", (x) => x.div(2), [2, 3], [0.5, 1, 1.5, 2, 2.5, 3]],
  ["1 / x", (x) => x.rdiv(1), [2, 3], [1, 0.5, Math.fround(1 / 3), 0.25, Math.fround(0.2), Math.fround(1 / 6)]],
  ["x % -4 takes the sign of the divisor", (x) => x.mod(-4), [2, 3], [-3, -2, -1, 0, -3, -2]],
  ["x % 0 is 0", (x) => x.mod(0), [2, 3], [0, 0, 0, 0, 0, 0]],
  ["x > 3", (x) => x.greater(3), [2, 3], [0, 0, 0, 1, 1, 1]],
  ["-x ** 2", (x) => x.pow(2).neg(), [2, 3], [-1, -4, -9, -16, -25, -36]],
  ["x.T", (x) => x.T, [3, 2], [1, 4, 2, 5, 3, 6]],
  ["x[:, ::-1]", (x) => x.get([null, { step: -1 }]), [2, 3], [3, 2, 1, 6, 5, 4]],
  ["x[:, 1]", (x) => x.get([null, 1]), [2], [2, 5]],
  ["sum over all", (x) => x.sum(), [1], [21]],
  ["sum over axis 0", (x) => x.sum({ axis: 0 }), [3], [5, 7, 9]],
  ["max over all axes but 0", (x) => x.max({ axis: 0, exclude: true, keepdims: true }), [2, 1], [3, 6]],
  ["mean over both axes", (x) => x.mean({ axis: [0, -1], keepdims: true }), [1, 1], [3.5]],
  ["argmax", (x) => x.sub(3).abs().argmax({ axis: 1 }), [2], [0, 2]],
  ["reshape with -4 and -3", (x) => x.reshape(-4, 1, -1, -2).reshape(-3, 0), [2, 3], [1, 2, 3, 4, 5, 6]],
])("%s", ([, run, shape, expected]) => {
  const result = run(matrix());
  expect(result.shape).toEqual(shape);
  expect(values(result)).toEqual(expected);
});

test("rounds each result to float32 and keeps integer types", () => {
  expect(NDArray.array([0.1]).add(0.2).asscalar()).toBe(Math.fround(Math.fround(0.1) + Math.fround(0.2)));
  const whole = NDArray.array([7, -7], "int32");
  expect(values(whole.div(2))).toEqual([3, -3]);
  expect(values(whole.add(1.9))).toEqual([8, -6]);
  expect(whole.add(1).dtype).toBe("int32");
  expect(values(NDArray.array([1.5, 3.7, -3.7]).astype("int32"))).toEqual([1, 3, -3]);
  expect(values(NDArray.array([1, 2], "int64").mul(3))).toEqual([3, 6]);
  expect(values(NDArray.array([0.1], "float16").add(1))).toEqual([1.099609375]);
  expect(values(NDArray.array([0, 5], "bool"))).toEqual([0, 1]);
});

test("assigns numbers, rows, flat lists and other data types, broadcasting", () => {
  const x = NDArray.zeros([2, 3]);
  x.set(NDArray.array([1, 2, 3], "int32"));
  expect(values(x)).toEqual([1, 2, 3, 1, 2, 3]);
  x.setAt([null, { begin: 1, end: 3 }], NDArray.array([[7], [8]]));
  expect(values(x)).toEqual([1, 7, 7, 1, 8, 8]);
  x.set([1, 2, 3, 4, 5, 6]);
  x.setSlice(1, null, { dtype: "float32", shape: [1, 3], data: Float32Array.of(9, 9, 9) });
  expect(values(x)).toEqual([1, 2, 3, 9, 9, 9]);
  x.set(x.at(0));
  expect(values(x)).toEqual([1, 2, 3, 1, 2, 3]);
});

test("adds one of its own rows to every row with the values from before", () => {
  const x = matrix();
  x.addInPlace(x.at(0));
  expect(values(x)).toEqual([2, 4, 6, 5, 7, 9]);
});

test.for<[string, () => unknown, new (...args: never[]) => Error, string]>([
  [
    "shapes that do not broadcast",
    () => matrix().add(NDArray.ones([2])),
    ShapeError,
    "add: shapes (2, 3) and (2,) do not broadcast",
  ],
  [
    "different data types",
    () => matrix().add(NDArray.ones([3], "int32")),
    DTypeError,
    "add: data types float32 and int32 differ. Convert one with astype().",
  ],
  ["a row out of range", () => matrix().at(2), ShapeError, "Index 2 is out of range for an axis of 2"],
  ["a scalar of many", () => matrix().asscalar(), UsageError, "an array of shape (2, 3) is no scalar"],
  [
    "a reshape to another size",
    () => matrix().reshape(4, -1),
    ShapeError,
    "shape (2, 3) (6 elements) cannot become (4, -1)",
  ],
  [
    "an assignment that does not fit",
    () => NDArray.zeros([3]).set(matrix()),
    ShapeError,
    "does not fit into one of shape (3,)",
  ],
  [
    "lists of different lengths",
    () => NDArray.array([[1, 2], [3]]),
    ShapeError,
    "entry 1 at depth 1 has 1 elements, expected 2",
  ],
  ["matrices that do not fit", () => nd.dot(matrix(), matrix()), ShapeError, "dot: shapes (2, 3) and (2, 3)"],
])("refuses %s", ([, run, type, message]) => {
  expect(run).toThrow(type);
  expect(run).toThrow(message);
});
