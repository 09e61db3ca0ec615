import { AttributeError, DTypeError, GraphError, RegistryError, ShapeError, UsageError } from "@mxgraft/base";
import { CustomOp, CustomOpProp, defineOperator, register } from "@mxgraft/operator";
import { expect, test } from "vitest";
import {
  AttrScope,
  apply,
  group,
  inferGraph,
  inferGraphShapes,
  type Symbol as MxSymbol,
  NameManager,
  Prefix,
  symbolFunction,
  variable,
} from "../src/index.ts";
import "./specs.ts";

class Identity extends CustomOp {
  override forward(): void {}
}

class CenterLossProp extends CustomOpProp {
  override listArguments = () => ["data", "label"];
  override listAuxiliaryStates = () => ["diff_bias", "center_bias"];
  override createOperator = () => new Identity();
}

register("centerloss", CenterLossProp);

const FullyConnected = symbolFunction<{ num_hidden: number; no_bias: boolean }>("FullyConnected");
const fresh = <T>(body: () => T): T => new NameManager().run(body);

/** The network of MXNet's recorded `mlp`: names and attributes in the tests below are those MXNet gave it. */
function mlp(): MxSymbol {
  return fresh(() => {
    const fc1 = FullyConnected({ data: variable("data"), num_hidden: 9, name: "fc1", attr: { lr_mult: "2.0" } });
    const l1 = apply("LeakyReLU", { data: fc1, act_type: "leaky", slope: 0.1, name: "l1" });
    const weight = variable("fc2_weight", { lrMult: 0.1, wdMult: 0, init: '["constant", {"value": 0.5}]' });
    const fc2 = FullyConnected(l1, { weight, num_hidden: 4, name: "fc2" });
    return apply("SoftmaxOutput", { data: fc2, name: "softmax" });
  });
}

const perceptron = (): MxSymbol =>
  fresh(() => {
    const hidden = FullyConnected({ data: variable("data"), num_hidden: 9, name: "fc1" });
    return apply("SoftmaxOutput", { data: FullyConnected(hidden, { num_hidden: 4, name: "fc2" }), name: "softmax" });
  });

const plain = (attributes: ReadonlyMap<string, ReadonlyMap<string, string>>) =>
  Object.fromEntries([...attributes].map(([name, own]) => [name, Object.fromEntries(own)]));

test("names missing inputs and auxiliary states after their node, depth first", () => {
  const net = fresh(() => {
    const data = variable("data");
    const norm = apply("BatchNorm", { data: apply("Convolution", { data, kernel: [5, 5], num_filter: 20 }) });
    const loss = apply("Custom", { data: norm, name: "center_loss_", op_type: "centerloss", num_class: 10 });
    return group([apply("SoftmaxOutput", { data: norm, name: "softmax" }), loss]);
  });
  expect(net.listArguments()).toEqual([
    "data",
    "convolution0_weight",
    "convolution0_bias",
    "batchnorm0_gamma",
    "batchnorm0_beta",
    "softmax_label",
    "center_loss__label",
  ]);
  expect(net.listAuxiliaryStates()).toEqual([
    "batchnorm0_moving_mean",
    "batchnorm0_moving_var",
    "center_loss__diff_bias",
    "center_loss__center_bias",
  ]);
  expect(net.listOutputs()).toEqual(["softmax_output", "center_loss__output"]);
  expect(net.name).toBeNull();
  expect(net.getInternals().listOutputs()).toContain("batchnorm0_output");
  expect(net.getInternals().listOutputs()).not.toContain("batchnorm0_mean");
  expect(net.attrDict().get("center_loss__diff_bias")?.get("op_type")).toBe("centerloss");
  expect(net.attrDict().get("batchnorm0_moving_var")?.get("__init__")).toBe('["one", {}]');
});

test("names nodes after the name an operator was called by, counting each", () => {
  const outputs = fresh(() => {
    const a = variable("a");
    const sum = a.add(variable("b")).add(1).mul(2).neg();
    return [...sum.rsub(1).getInternals().listOutputs(), apply("Softmax", { data: a }).name];
  });
  expect(outputs.filter((name) => name !== null && name.length > 1)).toEqual([
    "_plus0_output",
    "_plusscalar0_output",
    "_mulscalar0_output",
    "_mulscalar1_output",
    "_rminusscalar0_output",
    "softmax0",
  ]);
  expect(new Prefix("net_").run(() => FullyConnected({ num_hidden: 2, name: "fc" }).listArguments())).toEqual([
    "net_fc_data",
    "net_fc_weight",
    "net_fc_bias",
  ]);
});

test("writes the canonical operator of an alias, and counts the inputs of one that takes any number", () => {
  const { nodes } = JSON.parse(fresh(() => variable("a").add(variable("b"))).toJSON());
  expect(nodes.at(-1)).toEqual({
    op: "elemwise_add",
    name: "_plus0",
    inputs: [
      [0, 0, 0],
      [1, 0, 0],
    ],
  });
  const joined = apply("Concat", { dim: 0, name: "joined" }, [variable("a"), variable("b"), variable("c")]);
  expect(joined.attr("num_args")).toBe("3");
  expect(apply("Concat", { arg0: variable("a"), arg1: variable("b") }).listArguments()).toEqual(["a", "b"]);
});

test("gives attributes of a node to the inputs made for it, hidden ones under two names", () => {
  const own = { num_hidden: "9", __lr_mult__: "2.0", lr_mult: "2.0" };
  expect(plain(mlp().attrDict())).toEqual({
    fc1_weight: own,
    fc1_bias: own,
    fc1: own,
    l1: { slope: "0.1", act_type: "leaky" },
    fc2_weight: {
      __init__: '["constant", {"value": 0.5}]',
      __wd_mult__: "0",
      wd_mult: "0",
      __lr_mult__: "0.1",
      lr_mult: "0.1",
    },
    fc2_bias: { num_hidden: "4" },
    fc2: { num_hidden: "4" },
  });
  expect(mlp().getInternals().get("fc1_output").attr("lr_mult")).toBe("2.0");
  expect(mlp().getChildren()?.listOutputs()).toEqual(["fc2_output", "softmax_label"]);
  expect(variable("x").getChildren()).toBeNull();
});

test("lays the attributes of a scope over everything made in it", () => {
  const fc = new AttrScope({ ctx_group: "stage1" }).run(() =>
    new AttrScope({ lr_mult: "3" }).run(() => FullyConnected({ data: variable("data"), num_hidden: 3, name: "fc" })),
  );
  const stage = { __lr_mult__: "3", lr_mult: "3", __ctx_group__: "stage1", ctx_group: "stage1" };
  const own = { num_hidden: "3", ...stage };
  expect(plain(fc.attrDict())).toEqual({ data: stage, fc_weight: own, fc_bias: own, fc: own });
  expect(variable("after").listAttr().size).toBe(0);
});

test("composes a copy and leaves the original as it was", () => {
  const net = mlp();
  const before = net.toJSON();
  const pre = FullyConnected({ data: variable("data2"), num_hidden: 5, name: "pre" });
  const composed = net.compose({ data: pre }, { name: "comp" });
  expect(composed.listArguments()).toEqual([
    "data2",
    "pre_weight",
    "pre_bias",
    "fc1_weight",
    "fc1_bias",
    "fc2_weight",
    "fc2_bias",
    "softmax_label",
  ]);
  expect(composed.listOutputs()).toEqual(["comp_output"]);
  composed.getInternals().get("fc2_output").setAttr({ lr_mult: "7" });
  expect(net.toJSON()).toBe(before);
});

test("chooses outputs by position and by name", () => {
  const slices = apply("SliceChannel", { data: variable("x"), num_outputs: 3, name: "sl" });
  expect(slices.listOutputs()).toEqual(["sl_output0", "sl_output1", "sl_output2"]);
  expect(slices.get(1).listOutputs()).toEqual(["sl_output1"]);
  expect(slices.get("sl_output2").entries[0]?.index).toBe(2);
  expect([...slices].map((one) => one.listOutputs()[0])).toEqual(slices.listOutputs());
  expect(slices.get(1).listArguments()).toEqual(["x"]);
});

test("changes attributes of a node for all symbols that share it, and not at all when they are wrong", () => {
  const fc = FullyConnected({ data: variable("data"), num_hidden: 3, name: "fc" });
  const seen = group([fc, variable("other")]);
  fc.setAttr({ num_hidden: "5", lr_mult: "2" });
  expect(seen.inferShapePartial({ data: [2, 4] }).outShapes[0]).toEqual([2, 5]);
  expect(() => fc.setAttr({ num_hidden: "none" })).toThrow('fc (FullyConnected): attribute "num_hidden" is "none"');
  expect(fc.attr("num_hidden")).toBe("5");
});

test("infers the shapes of parameters, and of data from parameters", () => {
  expect(perceptron().inferShape({ data: [7, 8] })).toEqual({
    argShapes: [[7, 8], [9, 8], [9], [4, 9], [4], [7]],
    outShapes: [[7, 4]],
    auxShapes: [],
  });
  expect(perceptron().inferShape([[7, 8]]).outShapes).toEqual([[7, 4]]);
  expect(perceptron().inferShapePartial({ fc1_weight: [9, 8], softmax_label: [3] }).argShapes).toEqual([
    [0, 8],
    [9, 8],
    [9],
    [4, 9],
    [4],
    [3],
  ]);
  const declared = FullyConnected({ data: variable("data", { shape: [0, 4] }), num_hidden: 3, name: "fc" });
  expect(declared.inferShapePartial({})).toEqual({
    argShapes: [[0, 4], [3, 4], [3]],
    outShapes: [[0, 3]],
    auxShapes: [],
  });
  expect(declared.inferShape({ data: [2, 5] }).argShapes[1]).toEqual([3, 5]);
});

test("infers hidden outputs and states for the executor", () => {
  const norm = apply("BatchNorm", { data: variable("data"), name: "bn" });
  const inferred = inferGraph(norm, { shapes: { data: [2, 3, 4] }, types: { data: "float64" } });
  const [entry] = norm.entries;
  if (!entry) throw new Error("no output");
  expect(inferred.shapeOf({ node: entry.node, index: 2 })).toEqual([3]);
  expect(inferred.dtypeOf({ node: entry.node, index: 2 })).toBe("float64");
  expect(norm.inferShape({ data: [2, 3, 4] }).auxShapes).toEqual([[3], [3]]);
  expect(inferGraphShapes(norm, {}).get(entry)).toBeUndefined();
});

test("takes float32 for what nothing determines", () => {
  expect(perceptron().inferType({}).outTypes).toEqual(["float32"]);
  expect(perceptron().inferTypePartial({}).outTypes).toEqual([undefined]);
  expect(perceptron().inferType({ data: "float16" }).argTypes).toEqual(Array.from({ length: 6 }, () => "float16"));
  expect(variable("x", { dtype: "int32" }).add(1).inferType({}).outTypes).toEqual(["int32"]);
});

test.for<[string, () => unknown, new (...args: never[]) => Error, string]>([
  [
    "a contradiction",
    () => perceptron().inferShape({ data: [7, 8], fc1_weight: [9, 7] }),
    ShapeError,
    'fc1 (FullyConnected): argument "weight" has shape (9, 7), expected (9, 8).',
  ],
  [
    "a contradiction between inputs",
    () => fresh(() => variable("a").add(variable("b"))).inferShape({ a: [2, 3], b: [3, 2] }),
    ShapeError,
    '_plus0 (elemwise_add): argument "rhs" has shape (3, 2), expected (2, 3).',
  ],
  [
    "an unknown argument",
    () => perceptron().inferShape({ dta: [7, 8] }),
    UsageError,
    'A shape was given for "dta", which is no input of the graph. Did you mean "data"?',
  ],
  [
    "too little",
    () => perceptron().inferShape({ softmax_label: [7] }),
    ShapeError,
    'Shapes of 5 of 9 entries stay unknown: data (?, ?), fc1_weight (9, ?), fc1_output (?, 9), fc2_output (?, 4), softmax_output (?, 4). Give inferShape() the shape of "data".',
  ],
  [
    "two data types",
    () => fresh(() => variable("a").add(variable("b"))).inferType({ a: "int32", b: "float32" }),
    DTypeError,
    '_plus0 (elemwise_add): argument "rhs" has data type float32, expected int32.',
  ],
  [
    "an output that is not there",
    () => mlp().getInternals().get("fc1_outptu"),
    GraphError,
    'no output is named "fc1_outptu". Did you mean "fc1_output"',
  ],
  [
    "a position that is not there",
    () => mlp().get(1),
    GraphError,
    'Symbol "softmax": there is no output 1, expected 0..0.',
  ],
  [
    "an unknown operator",
    () => apply("Convolutoin"),
    RegistryError,
    'Operator "Convolutoin" is not registered. Did you mean "Convolution"?',
  ],
  [
    "an unknown attribute",
    () => FullyConnected({ num_hidden: 3, name: "fc", hidden: 1 }),
    AttributeError,
    'fc (FullyConnected): attribute "hidden" is not one of the operator\'s',
  ],
  [
    "a missing attribute",
    () => FullyConnected({ name: "fc" }),
    AttributeError,
    'fc (FullyConnected): attribute "num_hidden" is missing, expected an integer >= 1.',
  ],
  [
    "an unknown input",
    () => FullyConnected({ name: "fc", num_hidden: 3, dta: variable("x") }),
    GraphError,
    'fc (FullyConnected): input "dta": it has no such input; its inputs are "data", "weight", "bias". Did you mean "data"?',
  ],
  [
    "an input given twice",
    () => FullyConnected(variable("x"), { name: "fc", num_hidden: 3, data: variable("y") }),
    GraphError,
    'fc (FullyConnected): input "data": input 0 was also given by position',
  ],
  [
    "too many inputs",
    () => apply("Activation", { act_type: "relu", name: "r" }, [variable("x"), variable("y")]),
    GraphError,
    'r (Activation): 2 inputs were given, expected 1: "data".',
  ],
  [
    "several outputs for one input",
    () => apply("Activation", { act_type: "relu", name: "r", data: group([variable("x"), variable("y")]) }),
    GraphError,
    'r (Activation): input "data" is a symbol with 2 outputs ("x", "y"), expected one. Choose it with get().',
  ],
  [
    "a computed auxiliary state",
    () => apply("BatchNorm", { name: "bn", data: variable("x"), moving_var: perceptron() }),
    GraphError,
    'bn (BatchNorm): auxiliary state "moving_var" is "softmax", expected a variable.',
  ],
  [
    "an attribute of an input",
    () => FullyConnected({ name: "fc", num_hidden: 3, weight_lr_mult: 2 }),
    AttributeError,
    'fc (FullyConnected): attribute "weight_lr_mult" belongs to the input "weight".',
  ],
  [
    "composing what is no input",
    () => perceptron().compose({ dta: variable("x") }),
    GraphError,
    'compose: "dta" is no input of the graph. Did you mean "data"?',
  ],
  [
    "composing a variable",
    () => variable("x").compose({ x: variable("y") }),
    GraphError,
    'Variable "x" cannot be composed.',
  ],
  ["an empty group", () => group([]), GraphError, "Group: no symbols were given, expected at least one."],
])("refuses %s", ([, run, type, message]) => {
  expect(run).toThrow(type);
  expect(run).toThrow(message);
});

test("takes a spec that is not registered", () => {
  const spec = defineOperator({ name: "private_identity", attributes: {}, inferShape: (_, known) => known });
  const symbol = fresh(() => apply(spec, { data: variable("x") }));
  expect(symbol.listOutputs()).toEqual(["private_identity0_output"]);
  expect(symbol.compose({ x: variable("y") }).listArguments()).toEqual(["y"]);
});

test("works on a chain of 30,000 nodes, inferring from its end too", () => {
  let chain = variable("x");
  for (let i = 0; i < 30_000; i++) chain = apply("_plus_scalar", { scalar: 1, name: `c${i}` }, [chain]);
  const both = group([chain.add(variable("last")), chain]);
  expect(both.inferShape({ last: [3] }).argShapes).toEqual([[3], [3]]);
  expect(chain.compose({ x: variable("y") }).listArguments()).toEqual(["y"]);
});
