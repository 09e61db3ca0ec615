import { hostArray, type Shape } from "@mxgraft/base";
import { expect, test } from "vitest";
import { lenet, matchParameters } from "../src/index.ts";

const shapes = (batch: number) => ({
  data: [batch, 1, 28, 28],
  softmax_label: [batch],
  center_label: [batch],
});

/** Parameters of a network, all zero. */
function parametersOf(options: Parameters<typeof lenet>[0], batch: number) {
  const symbol = lenet(options);
  const { argShapes, auxShapes } = symbol.inferShape(shapes(batch));
  const zeros = (names: string[], of: readonly Shape[]) =>
    new Map(
      names.flatMap((name, i) => (name in shapes(batch) ? [] : [[name, hostArray("float32", of[i] ?? [])] as const])),
    );
  return {
    argParams: zeros(symbol.listArguments(), argShapes),
    auxParams: zeros(symbol.listAuxiliaryStates(), auxShapes),
  };
}

test("the same network takes everything", () => {
  const parameters = parametersOf({ batchSize: 10 }, 10);
  expect(matchParameters(lenet({ batchSize: 10 }), shapes(10), parameters)).toEqual({
    taken: parameters,
    left: [],
    fresh: [],
  });
});

test("another embedding, batch size and no last bias: says what was left and what starts anew", () => {
  const parameters = parametersOf({ batchSize: 10 }, 10);
  const symbol = lenet({ embeddingSize: 16, batchSize: 5, lastBias: false });
  const { taken, left, fresh } = matchParameters(symbol, shapes(5), parameters);
  expect([...taken.argParams.keys()]).toEqual([
    "convolution0_weight",
    "convolution0_bias",
    "convolution1_weight",
    "convolution1_bias",
    "fullyconnected0_weight",
    "fullyconnected0_bias",
  ]);
  expect(left).toEqual([
    { name: "embedding_weight", reason: "its shape is (2, 500), here it is (16, 500)" },
    { name: "embedding_bias", reason: "its shape is (2,), here it is (16,)" },
    { name: "fc2_weight", reason: "its shape is (10, 2), here it is (10, 16)" },
    { name: "fc2_bias", reason: "the network has no such parameter" },
    { name: "center_loss__diff_bias", reason: "its shape is (10, 2), here it is (5, 16)" },
    { name: "center_loss__center_bias", reason: "its shape is (10, 2), here it is (10, 16)" },
    { name: "center_loss__sum_bias", reason: "its shape is (2,), here it is (16,)" },
  ]);
  expect(fresh).toEqual([
    "embedding_weight",
    "embedding_bias",
    "fc2_weight",
    "center_loss__diff_bias",
    "center_loss__center_bias",
    "center_loss__sum_bias",
  ]);
});
