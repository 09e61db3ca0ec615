import { mergeShapes } from "@mxgraft/base";
import { type AttributeSchema, defineOperator, type OperatorSpec } from "@mxgraft/operator";

interface MixedUpdateRule<A extends object> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly attributes: AttributeSchema<A>;
  /** In order, the weight first. */
  readonly arguments: readonly string[];
  /** Those that are float32 whatever the weight is. */
  readonly full: readonly string[];
  /** Those of shape (1); all others have the weight's. */
  readonly scalars?: readonly string[];
  /** Those that the rule changes. */
  readonly changes: readonly string[];
  /** Type of the output; that of the weight when absent. */
  readonly outputType?: "float32";
}

/**
 * An update rule of a parameter that is kept twice, in float16 and as weight32, or that takes numbers from arrays.
 * Nothing flows back through it.
 */
export function mixedUpdateRule<A extends object>(rule: MixedUpdateRule<A>): OperatorSpec<A> {
  const { arguments: names, full, scalars = [], changes, outputType } = rule;
  return defineOperator<A>({
    name: rule.name,
    ...(rule.aliases ? { aliases: rule.aliases } : {}),
    attributes: rule.attributes,
    arguments: names,
    mutates: changes.map((name) => names.indexOf(name)),
    differentiable: false,
    inferType(_, known) {
      const weight = known.arguments[0] ?? (outputType ? undefined : known.outputs[0]) ?? "float32";
      return {
        arguments: names.map((name) => (full.includes(name) ? "float32" : weight)),
        outputs: [outputType ?? weight],
      };
    },
    inferShape(_, known) {
      const parts = [...known.arguments.filter((_, i) => !scalars.includes(names[i] ?? "")), ...known.outputs];
      // A contradiction is left for the caller, who knows the names, to report.
      const shape = parts.reduce((found, next) => mergeShapes(found, next) ?? found, undefined);
      return { arguments: names.map((name) => (scalars.includes(name) ? [1] : shape)), outputs: [shape] };
    },
  });
}
