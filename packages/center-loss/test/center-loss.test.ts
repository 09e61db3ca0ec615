import { AttributeError, DTypeError, type Shape, ShapeError } from "@mxgraft/base";
import { register, resolveOperator, specOfProp } from "@mxgraft/operator";
import { describe, expect, test } from "vitest";
import plugin, { CenterLossProp, centerLoss } from "../src/index.ts";

const parse = (attributes: Record<string, string>) => centerLoss.parse(new Map(Object.entries(attributes)));

describe("attributes", () => {
  test("arrive as strings and have MXNet's defaults", () => {
    expect(parse({ num_class: "10", alpha: "0.5" })).toEqual({ num_class: 10, alpha: 0.5, scale: 1, batchsize: 64 });
  });

  test.for([
    { name: "num_class missing", attributes: { alpha: "0.5" }, text: 'attribute "num_class" is missing' },
    { name: "alpha missing", attributes: { num_class: "4" }, text: 'attribute "alpha" is missing' },
    { name: "alpha no number", attributes: { num_class: "4", alpha: "abc" }, text: 'attribute "alpha" is "abc"' },
    {
      name: "no classes",
      attributes: { num_class: "0", alpha: "1" },
      text: 'attribute "num_class" is "0", expected an integer >= 1',
    },
    { name: "unknown", attributes: { num_class: "4", alpha: "1", beta: "2" }, text: 'attribute "beta" is not one of' },
  ])("$name is an error, native and ported", ({ attributes, text }) => {
    const ported = specOfProp("centerloss", CenterLossProp);
    for (const spec of [centerLoss, ported]) {
      const read = () => spec.parse(new Map(Object.entries<string>(attributes)));
      expect(read).toThrow(AttributeError);
      expect(read).toThrow(text);
    }
  });
});

interface Inference {
  readonly name: string;
  readonly batchsize?: string;
  readonly known: readonly (Shape | undefined)[];
  readonly states?: readonly (Shape | undefined)[];
  readonly arguments: readonly Shape[];
  readonly auxiliaryStates: readonly Shape[];
}

describe("shapes", () => {
  const infer = ({ known, states = [], batchsize = "6" }: Pick<Inference, "known" | "states" | "batchsize">) =>
    centerLoss.inferShape(parse({ num_class: "4", alpha: "1", batchsize }), {
      arguments: [known[0], known[1]],
      outputs: [undefined],
      auxiliaryStates: [states[0], states[1], states[2]],
    });

  test.for<Inference>([
    { name: "of data alone", known: [[6, 3]], arguments: [[6, 3], [6]], auxiliaryStates: [[6, 3], [4, 3], [3]] },
    {
      name: "of label and centers, backwards",
      known: [undefined, [6]],
      states: [undefined, [4, 3]],
      arguments: [[6, 3], [6]],
      auxiliaryStates: [[6, 3], [4, 3], [3]],
    },
    { name: "of nothing", known: [], arguments: [[0, 0], [0]], auxiliaryStates: [[0, 0], [4, 0], [0]] },
    {
      name: "of a batch smaller than batchsize",
      known: [[2, 3]],
      arguments: [[2, 3], [2]],
      auxiliaryStates: [[6, 3], [4, 3], [3]],
    },
    {
      name: "of a batch larger than batchsize",
      known: [[9, 3]],
      arguments: [[9, 3], [9]],
      auxiliaryStates: [[9, 3], [4, 3], [3]],
    },
    {
      name: "of a batch smaller than the rows that are there",
      known: [[2, 3]],
      states: [[100, 3]],
      arguments: [[2, 3], [2]],
      auxiliaryStates: [[100, 3], [4, 3], [3]],
    },
  ])("$name", (given) => {
    const shapes = infer(given);
    expect(shapes.arguments).toEqual(given.arguments);
    expect(shapes.auxiliaryStates).toEqual(given.auxiliaryStates);
    expect(shapes.outputs).toEqual([[1]]);
  });

  test.for([
    {
      name: "data of four axes",
      known: [[6, 1, 2, 3]],
      text: 'argument "data" has shape (6, 1, 2, 3), expected (N, D)',
    },
    {
      name: "labels in a column",
      known: [
        [128, 2],
        [128, 1],
      ],
      text: 'argument "label" has shape (128, 1), expected (128,): one class index for each row of "data" (128, 2).',
    },
    { name: "too few labels", known: [[4, 2], [5]], text: 'argument "label" has shape (5,), expected (4,)' },
  ])("$name are refused", ({ known, text }) => {
    expect(() => infer({ known })).toThrow(ShapeError);
    expect(() => infer({ known })).toThrow(text);
  });

  test("the ported prop gives the same", () => {
    const prop = new CenterLossProp({ num_class: "4", alpha: "1", batchsize: "6" });
    for (const n of [2, 6, 9]) {
      const native = infer({ known: [[n, 3]] });
      const { inShape, outShape, auxShape } = prop.inferShape([[n, 3], []]);
      expect([inShape, outShape, auxShape]).toEqual([native.arguments, native.outputs, native.auxiliaryStates]);
    }
    expect(() => prop.inferShape([[2, 3, 4], []])).toThrow(ShapeError);
  });
});

describe("types", () => {
  const types = (data: "float32" | undefined, label: "float32" | "int32" | "uint8" | undefined) =>
    centerLoss.inferType(parse({ num_class: "4", alpha: "1" }), {
      arguments: [data, label],
      outputs: [undefined],
      auxiliaryStates: [undefined, undefined, undefined],
    });

  test("labels have the type of the data unless they say otherwise", () => {
    expect(types("float32", undefined).arguments).toEqual(["float32", "float32"]);
    expect(types("float32", "int32")).toEqual({
      arguments: ["float32", "int32"],
      outputs: ["float32"],
      auxiliaryStates: ["float32", "float32", "float32"],
    });
  });

  test("labels of other types are refused", () => {
    expect(() => types("float32", "uint8")).toThrow(DTypeError);
  });
});

test("is found by its op_type once registered", () => {
  const spec = plugin.customOperators.centerloss;
  register("centerloss", spec);
  const raw = new Map(Object.entries({ op_type: "centerloss", num_class: "4", alpha: "1" }));
  expect(resolveOperator("Custom", raw).spec.auxiliaryStates({})).toEqual(["diff_bias", "center_bias", "sum_bias"]);
});
