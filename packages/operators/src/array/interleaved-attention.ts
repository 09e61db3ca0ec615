import { formatShape, type Shape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defineOperator, integer, type OperatorSpec, required } from "@mxgraft/operator";

const attributes = { heads: required(integer({ min: 1 }), "how many heads attend") };

export type InterleavedAttentionAttributes = AttributesOf<typeof attributes>;

interface InterleavedProduct {
  readonly name: string;
  readonly arguments: readonly [string] | readonly [string, string];
  /** The shape of the output, and of the second argument where it follows; sizes are those of the first. */
  shapes(heads: number, first: Shape, second: Shape | undefined): Shape | undefined;
}

/** One of the products of attention on projections of all heads that lie side by side. */
export function interleavedAttention(product: InterleavedProduct): OperatorSpec<InterleavedAttentionAttributes> {
  return defineOperator<InterleavedAttentionAttributes>({
    name: product.name,
    attributes,
    arguments: product.arguments,
    backwardReads: () => ({ arguments: product.arguments.map((_, i) => i), outputs: [] }),
    inferShape({ heads }, known) {
      const [first, second] = known.arguments;
      if (!first) return {};
      if (first.length !== 3) {
        throw new ShapeError(
          `argument "${product.arguments[0]}" has shape ${formatShape(first)}, expected three axes (length, batch, projection).`,
          { argument: product.arguments[0], actual: first },
        );
      }
      const output = product.shapes(heads, first, second);
      return output ? { outputs: [output] } : {};
    },
  });
}
