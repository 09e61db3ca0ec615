import type { Shape } from "@mxgraft/base";
import { encodeFunction, GraphDraft } from "@mxgraft/graphdef";
import type { GraphValue, Lowering } from "@mxgraft/operator";

export interface LoweringCase {
  readonly operator: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
  /** Auxiliary states, by their shapes. */
  readonly states?: readonly Shape[];
}

/** Forward and backward of a lowering in training, as the body of one function. */
export function bodyOf(
  lowering: Lowering,
  { attributes, inputShapes, outputShapes, states: stateShapes = [] }: LoweringCase,
): string {
  const graph = new GraphDraft();
  const inputs = inputShapes.map(() => graph.argument("float32"));
  const states = stateShapes.map((shape) => graph.state("float32", shape));
  const seedValue = graph.argument("int32");
  const seed = (): GraphValue => seedValue;
  const call = { graph, attributes, inputs, states, inputShapes, outputShapes, isTrain: true, seed };
  const given = lowering.forward?.(call) ?? [];
  const { outputs, saved } = "outputs" in given ? given : { outputs: given, saved: [] };
  for (const output of outputs) graph.result(output);
  const headGradients = outputShapes.map(() => graph.argument("float32"));
  const wanted = inputShapes.map(() => true);
  const { seed: _, isTrain: __, ...rest } = call;
  for (const gradient of lowering.backward?.({ ...rest, outputs, saved, headGradients, wanted }) ?? []) {
    if (gradient) graph.result(gradient);
  }
  return encodeFunction(graph).body;
}
