import { decodeMessage, encodeSavedModel, GraphDraft } from "@mxgraft/graphdef";
import { expect, test } from "vitest";

interface DecodedNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
}

function nodesOf(bytes: Uint8Array): ReadonlyMap<string, DecodedNode> {
  const model = decodeMessage("SavedModel", bytes) as { meta_graphs: { graph_def: { node: DecodedNode[] } }[] };
  return new Map(model.meta_graphs[0]?.graph_def.node.map((node) => [node.name, node]));
}

function step(): GraphDraft {
  const draft = new GraphDraft();
  const [x, weight, scale] = [draft.argument("float32"), draft.state("float32", [2]), draft.state("float32", [])];
  const [, places] = draft.node("TopKV2", [weight.read(), draft.constant(1, "int32")]);
  if (places) draft.result(places);
  draft.effect("AssignSubVariableOp", [weight.handle, draft.one("Mul", [x, scale.read()])], [weight]);
  return draft;
}

test("a run gives arguments and states their values, and fetches results and the states that changed", () => {
  const { bytes, inputs, outputs } = encodeSavedModel(step());
  expect({ inputs, outputs }).toEqual({ inputs: ["a0", "a1", "a2"], outputs: ["r0", "v1/value"] });
  const nodes = nodesOf(bytes);
  for (const name of inputs) expect(nodes.get(name)?.op).toBe("Placeholder");
  // Graphs number outputs, functions name them.
  expect(nodes.get("r0")?.input).toEqual(["n2_TopKV2:1"]);
  for (const { input } of nodes.values()) {
    for (const name of input) expect(nodes.has(name.replace("^", "").replace(/:\d+$/, ""))).toBe(true);
  }
});

test("a state that is only read is what was fed", () => {
  const nodes = nodesOf(encodeSavedModel(step()).bytes);
  expect([...nodes.values()].filter(({ op }) => op === "VarHandleOp").map(({ name }) => name)).toEqual(["v1"]);
  expect([...nodes.values()].filter(({ op, input }) => op === "Identity" && input[0] === "a2")).toHaveLength(1);
});

test("a state that changes is a variable from the first use to the last, and then nothing", () => {
  const nodes = nodesOf(encodeSavedModel(step()).bytes);
  const change = [...nodes.values()].find(({ op }) => op === "AssignSubVariableOp");
  expect(nodes.get("v1/start")).toMatchObject({ op: "AssignVariableOp", input: ["v1", "a1"] });
  expect(change?.input).toContain("^v1/start");
  // After all that take its handle, readers among them: they would find nothing.
  const users = ["^n0_ReadVariableOp", `^${change?.name}`];
  expect(nodes.get("v1/read")).toMatchObject({ op: "ReadVariableOp", input: ["v1", ...users] });
  expect(nodes.get("v1/destroyed")).toMatchObject({ op: "DestroyResourceOp", input: ["v1", "^v1/read"] });
  expect(nodes.get("v1/value")?.input).toEqual(["v1/read", "^v1/destroyed"]);
});

test("equal graphs are equal texts, others are not", () => {
  const other = step();
  other.result(other.argument("float32"));
  expect(encodeSavedModel(step()).body).toBe(encodeSavedModel(step()).body);
  expect(encodeSavedModel(other).body).not.toBe(encodeSavedModel(step()).body);
});
