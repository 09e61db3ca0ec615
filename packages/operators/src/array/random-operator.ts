import type { DType, Shape } from "@mxgraft/base";
import {
  type AttributeSchema,
  defaulted,
  defineOperator,
  dtype,
  type OperatorSpec,
  optional,
  text,
  tuple,
} from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

interface RandomAttributes {
  readonly shape: Shape | null;
  readonly dtype: DType | null;
}

/** Writes no type as MXNet does, `"None"`. */
const realType = optional(dtype);

/** The attributes of all operators that draw random numbers into a new array. */
export const randomAttributes = {
  shape: defaulted(optional(tuple), null, "shape of the output; found from where it goes when not given"),
  ctx: defaulted(text, "", "not used here: arrays live on the backend"),
  dtype: defaulted(realType, null, "type of the output, float32 when not given"),
};

/** An operator without arguments that draws an array of random numbers. */
export function randomOperator<A extends RandomAttributes>(
  name: string,
  schema: AttributeSchema<A>,
  aliases: readonly string[],
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
