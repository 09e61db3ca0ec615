import { didYouMean, invariant, MxgraftError, ShapeError } from "@mxgraft/base";
import { describe, expect, test } from "vitest";

test("errors carry their name, facts and cause", () => {
  const cause = new Error("below");
  const error = new ShapeError("conv0: too small.", { node: "conv0", expected: [2] }, { cause });
  expect(error).toBeInstanceOf(MxgraftError);
  expect(error.name).toBe("ShapeError");
  expect(error.facts).toEqual({ node: "conv0", expected: [2] });
  expect(error.cause).toBe(cause);
});

test("an invariant that does not hold is a fault of ours", () => {
  expect(() => invariant(false, "slot 3 is not there")).toThrow("internal: slot 3 is not there");
  expect(() => invariant(false, "x")).not.toThrow(MxgraftError);
});

describe("didYouMean", () => {
  const known = ["Convolution", "Deconvolution", "Pooling", "sgd", "nag"];

  test.for([
    ["Convolutoin", ' Did you mean "Convolution"?'],
    ["pooling", ' Did you mean "Pooling"?'],
    ["sdg", ' Did you mean "sgd"?'],
    ["Transformer", ""],
    ["", ""],
  ])('for "%s" says "%s"', ([name, expected]) => {
    expect(didYouMean(name ?? "", known)).toBe(expected);
  });
});
