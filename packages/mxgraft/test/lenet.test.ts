import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lenet } from "../src/index.ts";

const recorded = JSON.parse(readFileSync(new URL("cases/lenet-centerloss.json", import.meta.url), "utf8"));

test("LeNet is the graph that the MXNet program makes, name by name", () => {
  const { nodes, arg_nodes, heads } = JSON.parse(lenet({ batchSize: 4 }).toJSON());
  expect(nodes).toEqual(recorded.symbol.nodes);
  expect({ arg_nodes, heads }).toEqual({ arg_nodes: recorded.symbol.arg_nodes, heads: recorded.symbol.heads });
});

test("a second network has the names of the first, so that parameters fit", () => {
  expect(lenet({ batchSize: 4 }).toJSON()).toBe(lenet({ batchSize: 4 }).toJSON());
});

test("parameters have the shapes that MXNet infers", () => {
  const symbol = lenet({ batchSize: 4 });
  const { argShapes, auxShapes } = symbol.inferShape({ data: [4, 1, 28, 28] });
  expect(argShapes).toEqual(recorded.arg_shapes);
  expect(auxShapes).toEqual(recorded.aux_shapes);
});

test("without lastBias there is no fc2_bias", () => {
  const names = lenet({ lastBias: false }).listArguments();
  expect(names).toContain("fc2_weight");
  expect(names).not.toContain("fc2_bias");
});

test("options reach the operators", () => {
  const symbol = lenet({ embeddingSize: 16, numClass: 7, alpha: 0.1, scale: 0.25, batchSize: 8 });
  const { outShapes } = symbol.inferShape({ data: [8, 1, 28, 28] });
  expect(outShapes).toEqual([[8, 7], [1]]);
  const attributes = symbol.attrDict();
  expect(attributes.get("embedding")?.get("num_hidden")).toBe("16");
  expect(Object.fromEntries(attributes.get("center_loss_") ?? [])).toMatchObject({
    num_class: "7",
    alpha: "0.1",
    scale: "0.25",
    batchsize: "8",
  });
});
