import { decodeMessage, encodeFunction, GraphDraft } from "@mxgraft/graphdef";
import type { GraphValue } from "@mxgraft/operator";
import { describe, expect, test } from "vitest";

interface DecodedNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, unknown>>;
}

/** The nodes of the function that a draft becomes. */
function nodesOf(draft: GraphDraft): readonly DecodedNode[] {
  const { function: functions } = decodeMessage("FunctionDefLibrary", encodeFunction(draft).library("f")) as {
    function: readonly { readonly node_def: readonly DecodedNode[] }[];
  };
  return functions[0]?.node_def ?? [];
}

const operatorsOf = (draft: GraphDraft) => nodesOf(draft).map(({ op }) => op);

/** Operators of the nodes that a node waits for without taking anything from them. */
function waitsFor(draft: GraphDraft, operator: string): string[] {
  const nodes = nodesOf(draft);
  const node = nodes.find(({ op }) => op === operator);
  const names = (node?.input ?? []).filter((input) => input.startsWith("^")).map((input) => input.slice(1));
  return names.map((name) => nodes.find((one) => one.name === name)?.op ?? "").sort();
}

describe("attributes", () => {
  test("types and counts follow from the inputs", () => {
    const draft = new GraphDraft();
    const [x, y] = [draft.argument("float32"), draft.argument("float32")];
    draft.result(draft.one("ConcatV2", [[x, y], draft.constant(0, "int32")]));
    expect(nodesOf(draft).at(-1)?.attr).toEqual({ N: { i: 2 }, T: { type: 1 }, Tidx: { type: 3 } });
  });

  test("the type of an output may be an attribute's default", () => {
    const draft = new GraphDraft();
    expect(draft.one("ArgMax", [draft.argument("float32"), draft.constant(1, "int32")]).type).toBe("int64");
  });

  test("a list of one number may be given as the number", () => {
    const draft = new GraphDraft();
    draft.result(draft.one("Squeeze", [draft.argument("float32")], { squeeze_dims: 2 }));
    expect(nodesOf(draft)[0]?.attr).toMatchObject({ squeeze_dims: { list: { i: [2] } } });
  });

  const faults: readonly { name: string; build: (draft: GraphDraft) => unknown; message: RegExp }[] = [
    {
      name: "inputs of types that do not fit each other",
      build: (draft) => draft.one("AddV2", [draft.argument("float32"), draft.argument("int32")]),
      message: /"AddV2": input "y" is int32, which does not fit/,
    },
    {
      name: "an input of another type than the operator's",
      build: (draft) => draft.one("ReadVariableOp", [draft.argument("float32")], { dtype: { type: "float32" } }),
      message: /"ReadVariableOp": input "resource" is float32/,
    },
    {
      name: "too few inputs",
      build: (draft) => draft.one("MatMul", [draft.argument("float32")]),
      message: /"MatMul" got 1 inputs, expected 2: a, b\./,
    },
    {
      name: "a list where one value is meant",
      build: (draft) => draft.one("Relu", [[draft.argument("float32"), draft.argument("float32")]]),
      message: /"Relu": input "features" got 2 values, expected one\./,
    },
    {
      name: "a missing attribute",
      build: (draft) => draft.one("MaxPool", [draft.argument("float32")], { ksize: [1, 2, 2, 1], padding: "VALID" }),
      message: /"MaxPool" needs the attribute "strides"\./,
    },
    {
      name: "an attribute the operator does not have",
      build: (draft) => draft.one("Relu", [draft.argument("float32")], { alpha: 1 }),
      message: /"Relu" has no attribute "alpha"; it has T\./,
    },
    {
      name: "an attribute of another kind",
      build: (draft) => draft.one("LeakyRelu", [draft.argument("float32")], { alpha: "much" }),
      message: /"LeakyRelu": attribute "alpha" is "much", expected float\./,
    },
  ];
  test.for(faults)("$name is an error", ({ build, message }) => {
    expect(() => build(new GraphDraft())).toThrow(message);
  });
});

describe("nodes", () => {
  test("equal constants and equal computations are one node", () => {
    const draft = new GraphDraft();
    const x = draft.argument("float32");
    const twice = () => draft.one("Mul", [x, draft.constant(2)]);
    draft.result(draft.one("AddV2", [twice(), twice()]));
    expect(operatorsOf(draft)).toEqual(["Const", "Mul", "AddV2"]);
  });

  test("constants of different types stay apart, though their bytes are equal", () => {
    const draft = new GraphDraft();
    for (const type of ["float32", "int32"] as const) draft.result(draft.constant(0, type));
    expect(operatorsOf(draft)).toEqual(["Const", "Const"]);
  });

  test("what nobody needs is left out; what changes a state is not", () => {
    const draft = new GraphDraft();
    const x = draft.argument("float32");
    const total = draft.state("float32", []);
    draft.one("Exp", [x]);
    draft.effect("AssignAddVariableOp", [total.handle, draft.one("Neg", [x])], [total]);
    expect(operatorsOf(draft)).toEqual(["Neg", "AssignAddVariableOp"]);
  });

  test("a value of another graph is refused", () => {
    const foreign = new GraphDraft().argument("float32");
    expect(() => new GraphDraft().one("Relu", [foreign])).toThrow(/another graph/);
  });
});

describe("order", () => {
  test("a state is read once between two writes, and again after one", () => {
    const draft = new GraphDraft();
    const state = draft.state("float32", [2]);
    draft.result(draft.one("AddV2", [state.read(), state.read()]));
    state.write(draft.constant([1, 2]));
    draft.result(state.read());
    expect(operatorsOf(draft)).toEqual(["ReadVariableOp", "AddV2", "Const", "AssignVariableOp", "ReadVariableOp"]);
    const nodes = nodesOf(draft);
    expect(nodes[4]?.input).toEqual(["a0", `^${nodes[3]?.name}`]);
  });

  test("a write waits for those that use what was read, also through a reshape", () => {
    const draft = new GraphDraft();
    const [weight, x] = [draft.state("float32", [4]), draft.argument("float32")];
    const flat = draft.one("Reshape", [weight.read(), draft.constant([2, 2], "int32")]);
    draft.result(draft.one("MatMul", [x, flat]));
    draft.effect("AssignSubVariableOp", [weight.handle, draft.one("Neg", [x])], [weight]);
    expect(waitsFor(draft, "AssignSubVariableOp")).toEqual(["MatMul", "ReadVariableOp", "Reshape"]);
  });

  test("writes of one state follow each other; those of others do not wait", () => {
    const draft = new GraphDraft();
    const [a, b, x] = [draft.state("float32", []), draft.state("float32", []), draft.argument("float32")];
    draft.effect("AssignAddVariableOp", [a.handle, x], [a]);
    draft.effect("AssignSubVariableOp", [a.handle, x], [a]);
    draft.effect("AssignVariableOp", [b.handle, x], [b]);
    expect(waitsFor(draft, "AssignSubVariableOp")).toEqual(["AssignAddVariableOp"]);
    expect(waitsFor(draft, "AssignVariableOp")).toEqual([]);
  });

  test("an operator with a handle reads the state: it waits, and writes wait for it", () => {
    const draft = new GraphDraft();
    const [table, rows] = [draft.state("float32", [9, 2]), draft.argument("int32")];
    table.write(draft.argument("float32"));
    const gathered = table.gather(rows);
    draft.result(gathered);
    table.scatterAdd(rows, gathered);
    expect(waitsFor(draft, "ResourceGather")).toEqual(["AssignVariableOp"]);
    expect(waitsFor(draft, "ResourceScatterAdd")).toEqual(["AssignVariableOp"]);
    expect(nodesOf(draft).at(-1)?.input).toHaveLength(4);
  });
});

describe("arguments", () => {
  test("those that are states and change are known", () => {
    const draft = new GraphDraft();
    const [a, x, b] = [draft.state("float32", []), draft.argument("float32"), draft.state("float32", [])];
    b.write(draft.one("Mul", [a.read(), x]));
    expect(draft.changedArguments.map(({ index }) => index)).toEqual([2]);
  });

  test("one is behind a value as given, read or cast, and none behind what is computed or changed", () => {
    const draft = new GraphDraft();
    const [x, state] = [draft.argument("float32"), draft.state("float32", [2])];
    const cast = (value: GraphValue) => draft.one("Cast", [value], { DstT: { type: "int32" } });
    const before = state.read();
    state.write(draft.one("Neg", [before]));
    const values = [x, cast(x), cast(before), draft.one("Neg", [x]), state.read()];
    expect(values.map((value) => draft.argumentBehind(value))).toEqual([0, 0, 1, undefined, undefined]);
  });
});

describe("calls of the eager runtime", () => {
  test("flat inputs are grouped, types come from the values, unknown attributes are passed over", () => {
    const draft = new GraphDraft();
    const [a, b, axis] = [draft.argument("int64"), draft.argument("int64"), draft.constant(0, "int32")];
    const attributes = [
      { name: "N", type: 1, value: 2 },
      // tfjs takes int64 for int32.
      { name: "T", type: 4, value: 3 },
      { name: "colour", type: 0, value: "blue" },
    ];
    const [joined] = draft.called("ConcatV2", [a, b, axis], attributes);
    expect(joined?.type).toBe("int64");
  });

  test("numbers mean what the operator says", () => {
    const draft = new GraphDraft();
    const attributes = [
      { name: "DstT", type: 4, value: 3 },
      { name: "Truncate", type: 3, value: false },
    ];
    expect(draft.called("Cast", [draft.argument("float32")], attributes)[0]?.type).toBe("int32");
  });

  test("an operator that gets the handle of a state is an effect", () => {
    const draft = new GraphDraft();
    const [state, x] = [draft.state("float32", []), draft.argument("float32")];
    draft.called("AssignAddVariableOp", [state.handle, x], [{ name: "dtype", type: 4, value: 1 }]);
    expect(operatorsOf(draft)).toEqual(["AssignAddVariableOp"]);
  });
});
