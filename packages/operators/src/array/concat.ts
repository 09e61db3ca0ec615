import { formatShape, mergeShapes, normalizeAxis, type Shape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, integer, type OperatorSpec, required } from "@mxgraft/operator";
import { numberedArguments } from "./numbered-arguments.ts";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  num_args: required(integer({ min: 1 }), "how many arrays"),
  dim: defaulted(integer(), 1, "the axis along which they are put together"),
};

export type ConcatAttributes = AttributesOf<typeof attributes>;

/** The specification of Concat under one of its names. */
export function concatOperator(name: string, aliases: readonly string[]): OperatorSpec<ConcatAttributes> {
  return defineOperator<ConcatAttributes>({
    name,
    aliases,
    attributes,
    countAttribute: "num_args",
    arguments: numberedArguments,
    backwardReads: readsNothing,
    inferShape({ dim }, known) {
      const [output] = known.outputs;
      const given = [...known.arguments, output].filter((shape) => shape !== undefined);
      const rank = given[0]?.length;
      if (rank === undefined) return {};
      const axis = normalizeAxis(dim, rank, 'attribute "dim"');
      let others: Shape = new Array<number>(rank).fill(0);
      for (const [i, shape] of [...known.arguments, output].entries()) {
        if (shape === undefined) continue;
        const merged = shape.length === rank ? mergeShapes(others, shape.with(axis, 0)) : null;
        if (!merged) {
          const name = i < known.arguments.length ? `arg${i}` : "output";
          throw new ShapeError(
            `argument "${name}" has shape ${formatShape(shape)}, expected ${formatShape(others)}: only axis ${axis} may differ.`,
            { argument: name, actual: shape, expected: others },
          );
        }
        others = merged;
      }
      const sizes = known.arguments.map((shape) => shape?.[axis] ?? 0);
      const sum = sizes.reduce((total, size) => total + size, 0);
      const open = sizes.filter((size) => size === 0).length;
      const total = output?.[axis] ?? 0;
      // One missing size is what the others leave of the output.
      if (open === 1 && total > sum) sizes[sizes.indexOf(0)] = total - sum;
      return {
        arguments: sizes.map((size) => others.with(axis, size)),
        outputs: [others.with(axis, open === 0 ? sum : total)],
      };
    },
  });
}

/**
 * Puts arrays together along one axis, `dim`.
 *
 * Shapes: arg0, arg1, ... (any, alike but for axis `dim`) -> output (the sizes along `dim` added up).
 *
 * @throws ShapeError  other axes differ.
 */
export const concat = concatOperator("Concat", ["concat"]);
