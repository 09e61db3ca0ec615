import {
  FormatError,
  float32Array,
  type HostArray,
  hostArray,
  type MxgraftError,
  ShapeError,
  UsageError,
  ValueError,
} from "@mxgraft/base";
import { expect, test } from "vitest";
import { checkLabelShapes, create, SeedAccuracy } from "../src/index.ts";

const f = (shape: number[], values: number[]) => float32Array(shape, values);
const scores = f([2, 3], [0.1, 0.7, 0.2, 0.5, 0.25, 0.25]);

// Worked by hand: the labels have probabilities 0.7 and 0.25, and only the first is the largest.
test.for<{ name: string; label: HostArray; pred: HostArray }>([
  { name: "int32 labels", label: hostArray("int32", [2], Int32Array.of(1, 2)), pred: scores },
  { name: "int64 labels", label: hostArray("int64", [2], BigInt64Array.of(1n, 2n)), pred: scores },
  { name: "uint8 labels in a column", label: hostArray("uint8", [2, 1], Uint8Array.of(1, 2)), pred: scores },
  { name: "float64 scores", label: f([2], [1, 2]), pred: hostArray("float64", [2, 3], Float64Array.from(scores.data)) },
  {
    name: "float16 scores",
    label: f([2], [1, 2]),
    pred: hostArray("float16", [2, 3], Uint16Array.of(0x2e66, 0x399a, 0x3266, 0x3800, 0x3400, 0x3400)),
  },
])("takes $name", ({ label, pred }) => {
  const metric = create(["acc", "ce"]);
  metric.update([label], [pred]);
  const values = Object.fromEntries(metric.getNameValue());
  expect(values.accuracy).toBe(0.5);
  expect(values["cross-entropy"]).toBeCloseTo(-(Math.log(0.7) + Math.log(0.25)) / 2, 3);
});

const column = f([2], [0, 1]);

test.for<{ name: string; call: () => void; error: typeof MxgraftError; says: string }>([
  {
    name: "a label that is no class",
    call: () => create("ce").update([f([2], [0, 3])], [scores]),
    error: ValueError,
    says: "label 3 in row 1 is no class; the prediction has 3 classes, 0..2",
  },
  {
    name: "a negative label",
    call: () => create("nll_loss").update([f([2], [-1, 0])], [scores]),
    error: ValueError,
    says: "label -1 in row 0",
  },
  {
    name: "a class that no confusion matrix can hold",
    call: () => create("pcc").update([f([2], [1e9, 0])], [scores]),
    error: ValueError,
    says: "class 1000000000 in row 0",
  },
  {
    name: "shapes that do not broadcast",
    call: () => create("mse").update([f([2, 2], [0, 0, 0, 0])], [scores]),
    error: ShapeError,
    says: "label (2, 2) cannot be compared with prediction (2, 3)",
  },
  {
    name: "shapes that differ",
    call: () => create("pearsonr").update([column], [scores]),
    error: ShapeError,
    says: "a label of shape (2,) cannot be compared with a prediction of shape (2, 3)",
  },
  {
    name: "an axis that is not there",
    call: () => create("acc", { axis: 2 }).update([column], [scores]),
    error: ShapeError,
    says: "axis 2 is out of range",
  },
  {
    name: "no second output",
    call: () => create("center_loss").update([column], [scores]),
    error: ShapeError,
    says: "expected the center loss as the second one",
  },
  {
    name: "fewer labels than num",
    call: () => new SeedAccuracy({ num: 2 }).update([column], [scores]),
    error: ShapeError,
    says: 'there are 1 labels, expected 2, its option "num"',
  },
  {
    name: "a label name that is not there",
    call: () => create("acc", { labelNames: ["softmax_labl"] }).updateDict({ softmax_label: column }, { out: scores }),
    error: UsageError,
    says: 'there is no label "softmax_labl"; given were "softmax_label". Did you mean "softmax_label"?',
  },
  {
    name: "sums for a composite",
    call: () => create(["acc"]).addSums(1, 1),
    error: ValueError,
    says: "has no sums of its own",
  },
  {
    name: "the state of another metric",
    call: () => create("f1").restore(create("acc").state()),
    error: FormatError,
    says: "has 4 numbers, expected 12",
  },
  {
    name: "a damaged confusion matrix",
    call: () => create("pcc").restore({ numbers: [0, 1, 0, 1, 2], children: [{ numbers: [3, 1] }, { numbers: [] }] }),
    error: FormatError,
    says: "confusion matrix of 1 cells for 3 classes",
  },
])("refuses $name", ({ call, error, says }) => {
  expect(call).toThrow(error);
  expect(call).toThrow(says);
});

// The messages of check_label_shapes that MXNet 1.9.1 gives, by what they are about.
test("checkLabelShapes compares lists by length, arrays by rows, or by shape on request", () => {
  const three = f([3], [0, 1, 2]);
  const threeByTwo = f([3, 2], [0, 0, 0, 0, 0, 0]);
  expect(checkLabelShapes(three, threeByTwo)).toEqual({ labels: [three], preds: [threeByTwo] });
  expect(() => checkLabelShapes([three, three], [three])).toThrow("2 labels cannot be compared with 1 prediction;");
  expect(() => checkLabelShapes(three, threeByTwo, { shape: true })).toThrow(ShapeError);
});
