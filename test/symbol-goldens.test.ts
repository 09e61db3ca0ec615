import { readFileSync } from "node:fs";
import { centerLoss } from "@mxgraft/center-loss";
import { operators, register } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import {
  AttrScope,
  apply,
  group,
  loadJson,
  type Symbol as MxSymbol,
  NameManager,
  symbolFunctions,
  variable,
} from "@mxgraft/symbol";
import { expect, test } from "vitest";

/** Recorded from MXNet 1.9.1: the original network built in Python, and a network with its shapes. */
const { seed, network } = JSON.parse(readFileSync(new URL("cases/symbols.json", import.meta.url), "utf8"));

for (const spec of Object.values(builtins)) operators.register(spec);
register("centerloss", centerLoss);
const sym = symbolFunctions(builtins);

const attributesOf = (symbol: MxSymbol) =>
  Object.fromEntries([...symbol.attrDict()].map(([name, own]) => [name, Object.fromEntries(own)]));

/** Pooling's hidden workspace is MXNet's own, so the row pointers differ; readers do not use them. */
function withoutRows(text: string): unknown {
  const { node_row_ptr: _, ...graph } = JSON.parse(text);
  return graph;
}

function seedNetwork(): MxSymbol {
  let x = variable("data");
  for (const num_filter of [20, 50]) {
    x = sym.Convolution({ data: x, kernel: [5, 5], num_filter });
    x = sym.Activation({ data: x, act_type: "tanh" });
    x = sym.Pooling({ data: x, pool_type: "max", kernel: [2, 2], stride: [2, 2] });
  }
  x = sym.FullyConnected({ data: sym.Flatten(x), num_hidden: 500 });
  const embedding = sym.FullyConnected({
    data: sym.Activation({ data: x, act_type: "tanh" }),
    num_hidden: 2,
    name: "embedding",
  });
  const fc2 = sym.FullyConnected({ data: embedding, num_hidden: 10, name: "fc2" });
  const softmax = sym.SoftmaxOutput({ data: fc2, label: variable("softmax_label"), name: "softmax" });
  const loss = apply("Custom", {
    data: embedding,
    label: variable("center_label"),
    name: "center_loss_",
    op_type: "centerloss",
    num_class: 10,
    alpha: 0.5,
    scale: "1.0",
    batchsize: 4,
  });
  return group([softmax, sym.MakeLoss({ data: loss, name: "center_loss" })]);
}

function mlp(): MxSymbol {
  const fc1 = sym.FullyConnected({ data: variable("data"), num_hidden: 9, name: "fc1", attr: { lr_mult: "2.0" } });
  const l1 = sym.LeakyReLU({ data: fc1, act_type: "leaky", slope: 0.1, name: "l1" });
  const weight = variable("fc2_weight", {
    init: '["constant", {"value": 0.5}]',
    attr: { lr_mult: "0.1", wd_mult: "0.0" },
  });
  const fc2 = sym.FullyConnected(sym.Dropout(l1, { p: "0.0" }), { weight, num_hidden: 4, name: "fc2" });
  return sym.SoftmaxOutput({ data: fc2, name: "softmax" });
}

const fresh = <T>(body: () => T): T => new NameManager().run(body);

test("the original network has the names, attributes and JSON that MXNet gives it", () => {
  const net = fresh(seedNetwork);
  expect(net.listOutputs()).toEqual(seed.list_outputs);
  expect(net.listArguments()).toEqual(seed.list_arguments);
  expect(net.listInputs()).toEqual(seed.list_inputs);
  expect(net.getInternals().listOutputs()).toEqual(seed.internals);
  expect(attributesOf(net)).toEqual(seed.attr_dict);
  expect(withoutRows(net.toJSON())).toEqual(seed.symbol);
  const feature = net.getInternals().get("embedding_output");
  expect({ list_arguments: feature.listArguments(), list_outputs: feature.listOutputs(), name: feature.name }).toEqual(
    seed.feature,
  );
  const two = group(["flatten0_output", "fc2_output"].map((name) => net.getInternals().get(name)));
  expect({ list_arguments: two.listArguments(), list_outputs: two.listOutputs(), name: two.name }).toEqual(seed.group);
});

test("attributes of nodes, variables and scopes are those of MXNet", () => {
  expect(attributesOf(fresh(mlp))).toEqual(seed.mlp_attr_dict);
  expect(fresh(mlp).getChildren()?.listOutputs()).toEqual(seed.children_of_mlp);
  const scope = new AttrScope({ ctx_group: "stage1", lr_mult: "3" });
  const scoped = scope.run(() => sym.FullyConnected({ data: variable("data"), num_hidden: 3, name: "fc" }));
  expect(attributesOf(scoped)).toEqual(seed.scoped_attr_dict);
});

test("a composed network is that of MXNet", () => {
  const net = fresh(mlp);
  const pre = sym.FullyConnected({ data: variable("data2"), num_hidden: 5, name: "pre" });
  const composed = net.compose({ data: pre }, { name: "comp" });
  expect({
    list_arguments: composed.listArguments(),
    list_outputs: composed.listOutputs(),
    old_list_arguments: net.listArguments(),
  }).toEqual(seed.composed);
  expect(withoutRows(composed.toJSON())).toEqual(seed.composed_symbol);
});

test("partial inference finds what MXNet finds", () => {
  const known = ({ argShapes, outShapes, auxShapes }: ReturnType<MxSymbol["inferShapePartial"]>) =>
    [argShapes, outShapes, auxShapes].map((shapes) => shapes.map((shape) => shape ?? []));
  expect(known(fresh(mlp).inferShapePartial({}))).toEqual(seed.partial_nothing_known);
  const fc = sym.FullyConnected({ data: variable("data"), num_hidden: 3, name: "fc" });
  expect(known(fc.inferShapePartial({ data: [0, 4] }))).toEqual(seed.partial_batch_unknown);
});

test("a network read from a file has the names and shapes of MXNet", () => {
  const net = loadJson(JSON.stringify(network.symbol));
  expect(net.listArguments()).toEqual(network.list_arguments);
  expect(net.listAuxiliaryStates()).toEqual(network.list_auxiliary_states);
  const { argShapes, outShapes, auxShapes } = net.inferShape(network.input_shapes);
  expect(argShapes).toEqual(network.arg_shapes);
  expect(outShapes).toEqual(network.out_shapes);
  expect(auxShapes).toEqual(network.aux_shapes);
  expect(net.getInternals().listOutputs()).toEqual(network.internals);
  expect(net.getInternals().inferShape(network.input_shapes).outShapes).toEqual(network.internal_shapes);
});
