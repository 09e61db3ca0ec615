import { normalizeAxis } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  oneOf,
  optional,
  real,
} from "@mxgraft/operator";
import { sameShape } from "../nn/same-shape.ts";

const attributes = {
  axis: defaulted(integer(), -1, "axis of the classes"),
  temperature: defaulted(optional(real), null, "data is divided by it; 1 by default"),
  dtype: defaulted(
    optional(oneOf("float16", "float32", "float64")),
    null,
    "type of the output, that of data by default",
  ),
  use_length: defaulted(optional(boolean), false, "whether there is an argument length"),
};

export type SoftmaxAttributes = AttributesOf<typeof attributes>;

interface SoftmaxNames {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Whether `use_length` adds the argument `length`. */
  readonly takesLength?: boolean;
}

/** The specification of softmax, log_softmax or softmin: the output has the shape of data. */
export function softmaxOperator({
  name,
  aliases = [],
  takesLength = false,
}: SoftmaxNames): OperatorSpec<SoftmaxAttributes> {
  return defineOperator<SoftmaxAttributes>({
    name,
    aliases,
    attributes,
    arguments: ({ use_length }) => (takesLength && use_length ? ["data", "length"] : ["data"]),
    backwardReads: ({ use_length }) => ({ arguments: takesLength && use_length ? [1] : [], outputs: [0] }),
    inferShape({ axis }, known) {
      const { arguments: [data] = [], outputs } = sameShape(known);
      if (data === undefined) return {};
      const classes = normalizeAxis(axis, data.length, 'attribute "axis"');
      const length = known.arguments.length > 1 ? [data.toSpliced(classes, 1)] : [];
      return { arguments: [data, ...length], ...(outputs ? { outputs } : {}) };
    },
    inferType({ dtype }, { arguments: [data, ...length], outputs: [output] }) {
      const own = data ?? (dtype === null ? output : undefined);
      return { arguments: [own, ...length], outputs: [dtype ?? own] };
    },
  });
}
