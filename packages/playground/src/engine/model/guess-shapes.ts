import { isKnown } from "@mxgraft/base";
import { type HostArray, inspectModel, type Symbol as MxSymbol } from "mxgraft";
import type { InputShapes } from "../../protocol/model-messages.ts";

/** Sides of images that published models take, most usual first. */
const COLOUR_SIDES = [224, 32, 112, 227, 299, 96, 64, 128, 256, 28];
const GREY_SIDES = [28, 32, 64, 224, 112, 96];

/** Shapes that one input may have: files do not say it. */
function* candidates(parameters: ReadonlyMap<string, HostArray>): Generator<readonly number[]> {
  for (const side of COLOUR_SIDES) yield [1, 3, side, side];
  for (const side of GREY_SIDES) yield [1, 1, side, side];
  for (const { shape } of parameters.values()) if (shape.length === 2) yield [1, shape[1] ?? 1];
}

/**
 * Shapes of the inputs of a model, from what its parameters allow: the first usual shape with which all parameters fit
 * and every layer's shape is known. An input that no guess fits is left out.
 */
export function guessShapes(symbol: MxSymbol, parameters: ReadonlyMap<string, HostArray>): InputShapes {
  const { inputs } = inspectModel(symbol, { parameters, backend: "cpu" });
  const open = inputs.filter(({ role, shape }) => role === "input" && !(shape && shape.length > 0 && isKnown(shape)));
  const [input] = open;
  // Guesses for several inputs at once would be many, and few of them right.
  if (input === undefined || open.length > 1) return {};
  for (const shape of candidates(parameters))
    if (fits(symbol, parameters, input.name, shape)) return { [input.name]: shape };
  return {};
}

function fits(
  symbol: MxSymbol,
  parameters: ReadonlyMap<string, HostArray>,
  input: string,
  shape: readonly number[],
): boolean {
  try {
    const report = inspectModel(symbol, { shapes: { [input]: shape }, parameters, backend: "cpu" });
    return (
      report.parameterCheck?.wrongShape.length === 0 &&
      report.outputs.every((output) => output.shape !== null && isKnown(output.shape))
    );
  } catch {
    // The shapes contradict each other: not this one.
    return false;
  }
}
