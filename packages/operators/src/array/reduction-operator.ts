import { normalizeAxis, type Shape } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  type OperatorSpec,
  optional,
  tuple,
} from "@mxgraft/operator";
import { backwardReads, type Reads } from "../elementwise/backward-reads.ts";

const attributes = {
  axis: defaulted(optional(tuple), null, "the axes that are reduced; all when not given or ()"),
  keepdims: defaulted(boolean, false, "whether they stay with size 1"),
  exclude: defaulted(boolean, false, "whether the axes are those that stay"),
};

export type ReductionAttributes = AttributesOf<typeof attributes>;

/** What says which axes are reduced. */
export interface ReducedAxes {
  readonly axis: readonly number[] | null;
  readonly exclude?: boolean;
}

/** The axes that are reduced, in order. */
export function reducedAxes({ axis, exclude = false }: ReducedAxes, rank: number): number[] {
  const all = Array.from({ length: rank }, (_, i) => i);
  if (axis === null || axis.length === 0) return all;
  const given = axis.map((i) => normalizeAxis(i, rank, 'attribute "axis"'));
  return all.filter((i) => given.includes(i) !== exclude);
}

/** The shape that is left; `(1,)` when all axes are reduced. */
export function reducedShape(data: Shape, axes: readonly number[], keepdims: boolean): Shape {
  if (keepdims) return data.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const kept = data.filter((_, axis) => !axes.includes(axis));
  return kept.length > 0 ? kept : [1];
}

interface Reduction {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** What the gradient is computed from besides the shapes. */
  readonly gradient: Reads;
}

/** An operator that makes one number of all along some axes: data (any) -> output (data's without the axes). */
export function reductionOperator({ name, aliases = [], gradient }: Reduction): OperatorSpec<ReductionAttributes> {
  return defineOperator<ReductionAttributes>({
    name,
    aliases,
    attributes,
    backwardReads: () => backwardReads(gradient, 1),
    inferShape(attributes, known) {
      const data = known.arguments[0];
      if (data === undefined) return {};
      return { outputs: [reducedShape(data, reducedAxes(attributes, data.length), attributes.keepdims)] };
    },
  });
}
