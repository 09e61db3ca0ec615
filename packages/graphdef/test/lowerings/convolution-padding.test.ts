import type { Shape } from "@mxgraft/base";
import { builtinLowerings } from "@mxgraft/graphdef";
import { builtins } from "@mxgraft/operators";
import { expect, test } from "vitest";
import { bodyOf } from "./lower.ts";

interface PaddingCase {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly size: number;
  readonly output: number;
  readonly padding: "SAME" | "EXPLICIT" | "VALID";
}

const cases: readonly PaddingCase[] = [
  { name: "as TensorFlow pads", attributes: { pad: "(1,1)" }, size: 8, output: 8, padding: "SAME" },
  {
    name: "strides that leave nothing over",
    attributes: { pad: "(1,1)", stride: "(2,2)" },
    size: 9,
    output: 5,
    padding: "SAME",
  },
  {
    name: "a row more at the beginning than TensorFlow has",
    attributes: { pad: "(1,1)", stride: "(2,2)" },
    size: 8,
    output: 4,
    padding: "EXPLICIT",
  },
  { name: "none", attributes: {}, size: 8, output: 6, padding: "VALID" },
];

// The gradients of a padding that is spelled out are slower.
test.for(cases)("a convolution has the padding TensorFlow makes itself where it is alike: $name", (one) => {
  const lowering = builtinLowerings.Convolution;
  if (lowering === undefined) throw new Error("Convolution has no lowering");
  const raw = { kernel: "(3,3)", num_filter: "2", no_bias: "True", ...one.attributes };
  const inputShapes: Shape[] = [
    [4, 3, one.size, one.size],
    [2, 3, 3, 3],
  ];
  const body = bodyOf(lowering, {
    operator: "Convolution",
    attributes: builtins.Convolution.parse(new Map(Object.entries(raw))),
    inputShapes,
    outputShapes: [[4, 2, one.output, one.output]],
  });
  const found = ["SAME", "EXPLICIT", "VALID"].filter((padding) => body.includes(padding));
  expect(found).toEqual([one.padding]);
});
