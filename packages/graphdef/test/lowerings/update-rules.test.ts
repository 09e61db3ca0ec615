import { builtinLowerings, decodeMessage, encodeFunction, GraphDraft } from "@mxgraft/graphdef";
import { describe, expect, test } from "vitest";

const plain = { lr: 0.1, wd: 0, rescale_grad: 1, clip_gradient: -1, momentum: 0.9 };

interface UpdateCase {
  readonly name: string;
  readonly operator: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly slots: number;
  /** Attributes that may differ from step to step. */
  readonly asked: readonly string[];
  readonly operators: readonly string[];
}

const cases: readonly UpdateCase[] = [
  {
    name: "momentum alone is one operator",
    operator: "sgd_mom_update",
    attributes: plain,
    slots: 1,
    asked: ["lr", "momentum"],
    operators: ["ResourceApplyKerasMomentum"],
  },
  {
    name: "the gradient is scaled, cut and decayed, in this order",
    operator: "sgd_update",
    attributes: { ...plain, wd: 0.1, rescale_grad: 0.5, clip_gradient: 1 },
    slots: 0,
    asked: ["rescale_grad", "wd", "lr"],
    operators: [
      "Mul",
      "Const",
      "Const",
      "ClipByValue",
      "ReadVariableOp",
      "Mul",
      "AddV2",
      "ResourceApplyGradientDescent",
    ],
  },
  {
    name: "Adam decays before it cuts",
    operator: "adam_update",
    attributes: { ...plain, wd: 0.1, clip_gradient: 1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    slots: 2,
    asked: ["wd", "lr"],
    operators: [
      ...["ReadVariableOp", "Mul", "AddV2", "Const", "Const", "ClipByValue"],
      ...["Const", "Const", "Const", "Const", "ResourceApplyAdam"],
    ],
  },
];

describe("update rules", () => {
  test.for(cases)("$name", ({ operator, attributes, slots, asked, operators }) => {
    const graph = new GraphDraft();
    const gradient = graph.argument("float32");
    const names: string[] = [];
    builtinLowerings[operator]?.update?.({
      graph,
      attributes,
      gradient,
      weight: graph.state("float32", [2]),
      slots: Array.from({ length: slots }, () => graph.state("float32", [2])),
      scalar(name: string) {
        names.push(name);
        return graph.argument("float32");
      },
    });
    expect(names).toEqual(asked);
    const library = decodeMessage("FunctionDefLibrary", encodeFunction(graph).library("f"));
    expect(library).toMatchObject({ function: [{ node_def: operators.map((op) => ({ op })) }] });
  });
});
