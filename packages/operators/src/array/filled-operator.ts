import type { DType, Shape } from "@mxgraft/base";
import {
  type AttributeSchema,
  type AttributesOf,
  defaulted,
  defineOperator,
  dtype,
  type OperatorSpec,
  optional,
  text,
  tuple,
} from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  shape: defaulted(optional(tuple), [], "shape of the output; a 0 is found from where the output goes"),
  ctx: defaulted(text, "", "not used here: arrays live on the backend"),
  dtype: defaulted(dtype, "float32", "type of the output"),
};

export type FilledAttributes = AttributesOf<typeof attributes>;

/** The attributes of all operators that make an array of one value. */
export const filledAttributes: AttributeSchema<FilledAttributes> = attributes;

/** What an operator that makes a new array is told of it; a type left open is float32. */
interface NewArray {
  readonly shape: Shape | null;
  readonly dtype: DType | null;
}

/** An operator without arguments that makes an array: of one value, or of random numbers. */
export function filledOperator<A extends NewArray>(
  name: string,
  schema: AttributeSchema<A>,
  aliases: readonly string[] = [],
): OperatorSpec<A> {
  return defineOperator<A>({
    name,
    aliases,
    attributes: schema,
    arguments: [],
    needsHeadGradient: false,
    backwardReads: readsNothing,
    inferType: ({ dtype }) => ({ outputs: [dtype ?? "float32"] }),
    inferShape: ({ shape }) => (shape && shape.length > 0 ? { outputs: [shape] } : {}),
  });
}
