import { mergeShapes, normalizeAxis } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, integer, type OperatorSpec, required } from "@mxgraft/operator";
import { numberedArguments } from "./numbered-arguments.ts";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  num_args: required(integer({ min: 1 }), "how many arrays"),
  axis: defaulted(integer(), 0, "where the new axis lies in the output"),
};

export type StackAttributes = AttributesOf<typeof attributes>;

/**
 * Puts arrays of one shape together along a new axis.
 *
 * Shapes: arg0, arg1, ... (any, all alike) -> output (with an axis of size num_args more).
 */
export const stack: OperatorSpec<StackAttributes> = defineOperator<StackAttributes>({
  name: "stack",
  attributes,
  countAttribute: "num_args",
  arguments: numberedArguments,
  backwardReads: readsNothing,
  inferShape({ num_args, axis: given }, known) {
    const [output] = known.outputs;
    const rank = output?.length ?? (known.arguments.find((shape) => shape !== undefined)?.length ?? -1) + 1;
    if (rank === 0) return {};
    const axis = normalizeAxis(given, rank, 'attribute "axis"');
    // A contradiction is left for the caller, who knows the names, to report.
    const part = [...known.arguments, output?.toSpliced(axis, 1)].reduce(
      (found, next) => mergeShapes(found, next) ?? found,
      undefined,
    );
    if (part === undefined) return {};
    return { arguments: known.arguments.map(() => part), outputs: [part.toSpliced(axis, 0, num_args)] };
  },
});
