import { readFileSync } from "node:fs";
import { AttributeError, GraphError, RegistryError } from "@mxgraft/base";
import { expect, test } from "vitest";
import { isUnknownOperator, loadJson, Symbol as MxSymbol } from "../src/index.ts";
import "./specs.ts";

interface AgeCase {
  readonly name: string;
  readonly description: string;
  readonly symbol: unknown;
  readonly upgraded: unknown;
  readonly list_arguments: readonly string[];
  readonly list_outputs: readonly string[];
  readonly list_auxiliary_states: readonly string[];
  readonly attr_dict: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const read = (file: string) => readFileSync(new URL(`cases/${file}`, import.meta.url), "utf8");
const ages: AgeCase[] = JSON.parse(read("json-ages.json"));
const attributesOf = (symbol: MxSymbol) =>
  Object.fromEntries([...symbol.attrDict()].map(([name, own]) => [name, Object.fromEntries(own)]));

test.for(ages)("reads a file as MXNet does: $description", (recorded) => {
  const symbol = loadJson(JSON.stringify(recorded.symbol));
  expect(symbol.listArguments()).toEqual(recorded.list_arguments);
  expect(symbol.listOutputs()).toEqual(recorded.list_outputs);
  expect(symbol.listAuxiliaryStates()).toEqual(recorded.list_auxiliary_states);
  expect(attributesOf(symbol)).toEqual(recorded.attr_dict);
  expect(JSON.parse(symbol.toJSON())).toEqual(recorded.upgraded);
});

test("writes what MXNet 1.9.1 wrote, byte for byte", () => {
  const text = read("written-by-1.9.1.json");
  expect(MxSymbol.fromJSON(text).toJSON()).toBe(text);
});

const written = () => new TextEncoder().encode(read("written-by-1.9.1.json"));
const bom = Uint8Array.of(0xef, 0xbb, 0xbf);

test("reads bytes, with a byte order mark or without", () => {
  const text = read("written-by-1.9.1.json");
  expect(loadJson(written()).toJSON()).toBe(text);
  expect(loadJson(Uint8Array.of(...bom, ...written())).toJSON()).toBe(text);
});

test.for([
  { name: "a byte that begins no character", bytes: [0x7b, 0xff, 0x7d], says: "at byte 1 0xff is not UTF-8", byte: 1 },
  {
    name: "half a surrogate pair",
    bytes: [0x7b, 0x22, 0xed, 0xa0, 0x80],
    says: "at byte 3 0xa0 is not UTF-8",
    byte: 3,
  },
  { name: "a character cut short", bytes: [0x22, 0xe2, 0x82], says: "the last character is cut short", byte: 3 },
  { name: "an array's magic number", bytes: [0x12, 0x01, 0x80], says: "at byte 2 0x80 is not UTF-8", byte: 2 },
])("refuses bytes that are no text: $name", ({ bytes, says, byte }) => {
  const error = thrownBy(() => loadJson(Uint8Array.from(bytes)));
  expect(error).toBeInstanceOf(GraphError);
  expect(error).toMatchObject({ message: expect.stringContaining(says), facts: { byte } });
});

test("finds the byte in a long text", () => {
  const bytes = written();
  for (const at of [0, 1, 500, bytes.length - 1]) {
    const damaged = bytes.slice();
    damaged[at] = 0xc0;
    expect(thrownBy(() => loadJson(damaged))).toMatchObject({ facts: { byte: at, actual: 0xc0 } });
  }
});

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

interface NodeJson {
  op?: unknown;
  name?: unknown;
  attrs?: unknown;
  inputs?: unknown;
  [key: string]: unknown;
}

interface GraphJson {
  nodes: NodeJson[];
  arg_nodes?: unknown;
  heads: unknown;
  attrs?: unknown;
  [key: string]: unknown;
}

/** A good file with one thing changed. Node 9 is "relu", 12 "fc", 8 "bn", 0 "data". */
function damaged(change: (graph: GraphJson, node: (id: number) => NodeJson) => void): string {
  const graph: GraphJson = JSON.parse(read("written-by-1.9.1.json"));
  change(graph, (id) => graph.nodes[id] ?? {});
  return JSON.stringify(graph);
}

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const good = read("written-by-1.9.1.json");

test.for<[string, string, new (...args: never[]) => Error, string]>([
  ["no text", "", GraphError, "The graph is not JSON: "],
  ["something after the end", `${good}!`, GraphError, "The graph is not JSON: "],
  ["a list", "[]", GraphError, "The graph is a list, expected an object."],
  ["no nodes", "{}", GraphError, 'The graph has no field "nodes".'],
  ["100,000 brackets", nested(100_000), GraphError, "The graph nests more than 64 brackets at character 64."],
  [
    "nodes in an object",
    damaged((graph) => Object.assign(graph, { nodes: {} })),
    GraphError,
    'Field "nodes" is an object, expected a list.',
  ],
  [
    "no heads",
    damaged((graph) => Object.assign(graph, { heads: [] })),
    GraphError,
    'Field "heads" is empty, expected at least one output.',
  ],
  [
    "a head that is not there",
    damaged((graph) => Object.assign(graph, { heads: [[15, 0, 0]] })),
    GraphError,
    "Head 0 refers to node 15; there are 15.",
  ],
  [
    "an output that is not there",
    damaged((graph) => Object.assign(graph, { heads: [[14, 9, 0]] })),
    GraphError,
    'Head 0 is output 9 of "softmax", which has 1.',
  ],
  [
    "an argument node that is not there",
    damaged((graph) => Object.assign(graph, { arg_nodes: [999] })),
    GraphError,
    'Field "arg_nodes", entry 0, refers to node 999; there are 15.',
  ],
  [
    "a node that feeds itself",
    damaged((_, node) => Object.assign(node(9), { inputs: [[9, 0, 0]] })),
    GraphError,
    'Node 9 "relu": input 0 refers to the node itself; expected one of the 9 nodes before it.',
  ],
  [
    "a cycle",
    damaged((_, node) =>
      Object.assign(node(3), {
        inputs: [
          [12, 0, 0],
          [1, 0, 0],
          [2, 0, 0],
        ],
      }),
    ),
    GraphError,
    'Node 3 "conv": input 0 refers to node 12, which is not before it; expected one of the 3 nodes before it.',
  ],
  [
    "an input below 0",
    damaged((_, node) => Object.assign(node(9), { inputs: [[-1, 0, 0]] })),
    GraphError,
    'Node 9 "relu": input 0 is -1, expected a whole number.',
  ],
  [
    "half an input",
    damaged((_, node) => Object.assign(node(9), { inputs: [[1.5, 0, 0]] })),
    GraphError,
    'Node 9 "relu": input 0 is 1.5, expected a whole number.',
  ],
  [
    "an input beyond 2^32",
    damaged((_, node) => Object.assign(node(9), { inputs: [[2 ** 32 + 8, 0, 0]] })),
    GraphError,
    'Node 9 "relu": input 0 refers to node 4294967304',
  ],
  [
    "an input of four numbers",
    damaged((_, node) => Object.assign(node(9), { inputs: [[8, 0, 0, 0]] })),
    GraphError,
    'Node 9 "relu": input 0 has 4 numbers, expected 2 or 3: node, output, version.',
  ],
  [
    "an input's output that is not there",
    damaged((_, node) => Object.assign(node(9), { inputs: [[8, 7, 0]] })),
    GraphError,
    'Node 9 "relu": input 0 is output 7 of "bn", which has 3.',
  ],
  [
    "no inputs",
    damaged((_, node) => Object.assign(node(9), { inputs: undefined })),
    GraphError,
    'Node 9 "relu" has no field "inputs".',
  ],
  [
    "too few inputs",
    damaged((_, node) =>
      Object.assign(node(12), {
        inputs: [
          [9, 0, 0],
          [10, 0, 0],
        ],
      }),
    ),
    GraphError,
    "fc (FullyConnected): it has 2 inputs, expected 3: data, weight, bias.",
  ],
  [
    "too many inputs",
    damaged((_, node) =>
      Object.assign(node(9), {
        inputs: [
          [8, 0, 0],
          [0, 0, 0],
        ],
      }),
    ),
    GraphError,
    "relu (Activation): it has 2 inputs, expected 1: data.",
  ],
  [
    "a variable with inputs",
    damaged((_, node) => Object.assign(node(10), { inputs: [[0, 0, 0]] })),
    GraphError,
    'Node 10 "fc_weight": a variable has 1 inputs, expected none.',
  ],
  [
    "an auxiliary state that is computed",
    damaged((_, node) =>
      Object.assign(node(8), {
        inputs: [
          [3, 0, 0],
          [4, 0, 0],
          [5, 0, 0],
          [3, 0, 0],
          [7, 0, 0],
        ],
      }),
    ),
    GraphError,
    'bn (BatchNorm): auxiliary state "moving_mean" is "conv", expected a variable.',
  ],
  [
    "no name",
    damaged((_, node) => Object.assign(node(9), { name: undefined })),
    GraphError,
    'Node 9 has no field "name".',
  ],
  [
    "a number for an operator",
    damaged((_, node) => Object.assign(node(9), { op: 3 })),
    GraphError,
    'Node 9 "relu": field "op" is 3, expected text.',
  ],
  [
    "an unknown operator",
    damaged((_, node) => Object.assign(node(9), { op: "Activatoin" })),
    RegistryError,
    'Node "relu": operator "Activatoin" is not registered. Did you mean "Activation"?',
  ],
  [
    "the operator __proto__",
    damaged((_, node) => Object.assign(node(9), { op: "__proto__" })),
    RegistryError,
    'Node "relu": operator "__proto__" is not registered.',
  ],
  [
    "the operator constructor",
    damaged((_, node) => Object.assign(node(9), { op: "constructor" })),
    RegistryError,
    'Node "relu": operator "constructor" is not registered.',
  ],
  [
    "an unknown custom operator",
    damaged((_, node) => Object.assign(node(9), { op: "Custom", attrs: { op_type: "relu6" } })),
    RegistryError,
    'Node "relu": custom operator "relu6" is not registered.',
  ],
  [
    "a custom operator without type",
    damaged((_, node) => Object.assign(node(9), { op: "Custom", attrs: {} })),
    AttributeError,
    'relu (Custom): attribute "op_type" is missing',
  ],
  [
    "a number for an attribute",
    damaged((_, node) => Object.assign(node(12), { attrs: { num_hidden: 3 } })),
    GraphError,
    'Node 12 "fc": attribute "num_hidden" is 3, expected text.',
  ],
  [
    "a bad attribute",
    damaged((_, node) => Object.assign(node(12), { attrs: { num_hidden: "many" } })),
    AttributeError,
    'fc (FullyConnected): attribute "num_hidden" is "many", expected an integer >= 1.',
  ],
  [
    "a list of attributes",
    damaged((_, node) => Object.assign(node(12), { attrs: [] })),
    GraphError,
    'Node 12 "fc": field "attrs" is a list, expected an object.',
  ],
  [
    "a subgraph",
    damaged((_, node) => Object.assign(node(9), { subgraphs: [{}] })),
    GraphError,
    'Node 9 "relu": field "subgraphs" is not empty; graphs with subgraphs are not supported.',
  ],
  [
    "a version in words",
    damaged((graph) => Object.assign(graph, { attrs: { mxnet_version: ["str", "1.9.1"] } })),
    GraphError,
    'Attribute "mxnet_version" is "1.9.1", expected a whole number.',
  ],
])("refuses %s", ([, text, type, message]) => {
  expect(() => loadJson(text)).toThrow(type);
  expect(() => loadJson(text)).toThrow(message);
});

test.for<[string, string]>([
  ["without arg_nodes", damaged((graph) => Object.assign(graph, { arg_nodes: undefined }))],
  [
    "with keys it does not know",
    damaged((graph, node) => [graph, node(9)].map((record) => Object.assign(record, { zz: [{}] }))),
  ],
  ["after a byte order mark", `\uFEFF${good}`],
  ["with two nodes of one name", damaged((_, node) => Object.assign(node(9), { name: "fc" }))],
  ["with a bare version number", damaged((graph) => Object.assign(graph, { attrs: { mxnet_version: 10901 } }))],
])("reads a file %s", ([, text]) => {
  expect(loadJson(text).listOutputs()).toEqual(["softmax_output"]);
});

test("keeps the names __proto__ and constructor as any other", () => {
  const text = good.replaceAll('"fc_weight"', '"__proto__"').replaceAll('"num_filter"', '"constructor"');
  expect(() => loadJson(text)).toThrow('conv (Convolution): attribute "num_filter" is missing');
  const renamed = loadJson(good.replaceAll('"fc_weight"', '"__proto__"'));
  expect(renamed.listArguments()).toContain("__proto__");
  expect(renamed.attrDict().get("__proto__")?.get("num_hidden")).toBe("3");
  expect(renamed.inferShapePartial({ ["__proto__"]: [3, 7] }).argShapes[5]).toEqual([3, 7]);
});

test("leaves out a parameter that its node has no use for", () => {
  const symbol = loadJson(
    damaged((_, node) => Object.assign(node(12), { attrs: { num_hidden: "3", no_bias: "true" } })),
  );
  expect(symbol.listArguments()).not.toContain("fc_bias");
});

test("lists every operator that is not registered, or keeps them to look at", () => {
  const text = damaged((_, node) => {
    for (const id of [3, 9]) Object.assign(node(id), { op: "Mystery" });
    Object.assign(node(12), { op: "Enigma" });
  });
  expect(() => loadJson(text)).toThrow(
    'Nodes "conv", "relu": operator "Mystery" is not registered.\nNode "fc": operator "Enigma" is not registered.',
  );
  const symbol = loadJson(text, { unknownOperators: "keep" });
  expect(
    symbol
      .nodes()
      .filter(isUnknownOperator)
      .map((node) => node.op),
  ).toEqual(["Mystery", "Mystery", "Enigma"]);
  expect(symbol.listAuxiliaryStates()).toEqual(["bn_moving_mean", "bn_moving_var"]);
  expect(JSON.parse(symbol.toJSON()).nodes[3].op).toBe("Mystery");
});

test("reads a graph in which each node uses the one before twice, 60 deep", () => {
  const nodes: unknown[] = [{ op: "null", name: "x", inputs: [] }];
  for (let i = 0; i < 60; i++)
    nodes.push({
      op: "elemwise_add",
      name: `d${i}`,
      inputs: [
        [i, 0, 0],
        [i, 0, 0],
      ],
    });
  const symbol = loadJson(JSON.stringify({ nodes, heads: [[60, 0, 0]], attrs: { mxnet_version: ["int", 10901] } }));
  expect(symbol.inferShape({ x: [2, 3] }).outShapes).toEqual([[2, 3]]);
});

test.for([
  { op: "SliceChannel", attribute: "num_outputs", value: "2147483647" },
  { op: "Concat", attribute: "num_args", value: "1e308" },
  { op: "unknown", attribute: "num_outputs", value: "131073" },
])("a $op that announces $value outputs or inputs is refused before a list is made", ({ op, attribute, value }) => {
  const nodes = [
    { op: "null", name: "data", inputs: [] },
    { op, name: "many", attrs: { [attribute]: value }, inputs: [[0, 0, 0]] },
  ];
  const error = thrownBy(() => loadJson(JSON.stringify({ nodes, heads: [[1, 0, 0]] }), { unknownOperators: "keep" }));
  expect(error).toBeInstanceOf(GraphError);
  expect(error).toMatchObject({ facts: { node: "many", argument: attribute } });
  expect(error).toMatchObject({
    message: expect.stringContaining(`Node 1 "many": attribute "${attribute}" is "${value}"`),
  });
});

test("text that is no JSON is refused with the place", () => {
  expect(thrownBy(() => loadJson('{"nodes": [], }'))).toMatchObject({ facts: { byte: 14 } });
  expect(thrownBy(() => loadJson('{"nodes": ['))).toMatchObject({ facts: { byte: 11 } });
});
