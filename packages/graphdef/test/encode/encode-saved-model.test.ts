import { decodeMessage, encodeSavedModel, GraphDraft } from "@mxgraft/graphdef";
import { expect, test } from "vitest";

test("graphs share variables of a name; placeholders, results and the end of effects have names", () => {
  const train = new GraphDraft();
  const x = train.argument("float32");
  const weight = train.state("float32", [2], "w");
  train.result(train.one("Mul", [x, weight.read()]));
  weight.write(x);
  const look = new GraphDraft();
  const [, places] = look.node("TopKV2", [look.state("float32", [2], "w").read(), look.constant(1, "int32")]);
  if (places) look.result(places);
  const { bytes, graphs, states } = encodeSavedModel({ train, look });
  expect(graphs).toEqual({
    train: { arguments: ["train/a0"], results: ["train/r0"], done: "train/done" },
    look: { arguments: [], results: ["look/r0"], done: "look/done" },
  });
  expect(Object.keys(states)).toEqual(["w"]);
  const model = decodeMessage("SavedModel", bytes) as {
    meta_graphs: { graph_def: { node: { name: string; op: string; input: string[] }[] } }[];
  };
  const nodes = new Map(model.meta_graphs[0]?.graph_def.node.map((node) => [node.name, node]));
  expect([...nodes.values()].filter(({ op }) => op === "VarHandleOp")).toHaveLength(1);
  expect(nodes.get("train/done")?.input).toEqual(["^train/n2_AssignVariableOp"]);
  // Graphs number outputs, functions name them.
  expect(nodes.get("look/r0")?.input).toEqual(["look/n2_TopKV2:1"]);
  expect(nodes.get(states.w?.assigned ?? "")?.op).toBe("Const");
  expect(nodes.get(states.w?.value ?? "")?.op).toBe("ReadVariableOp");
  for (const { input } of nodes.values()) {
    for (const name of input) expect(nodes.has(name.replace("^", "").replace(/:\d+$/, ""))).toBe(true);
  }
});
