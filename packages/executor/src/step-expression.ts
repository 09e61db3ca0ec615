/** A value in terms of a step: an argument or an output of the graph, or an MXNet operator of such values. */
export type StepExpression =
  | { readonly argument: string }
  | { readonly output: number }
  | {
      readonly operator: string;
      readonly attributes?: Readonly<Record<string, string>>;
      readonly inputs: readonly StepExpression[];
    };

const texts = new WeakMap<readonly StepExpression[], string>();

/** The same text for equal expressions: each call of `fit` makes its metric, and so its sums, anew. */
export function textOfExpressions(expressions: readonly StepExpression[]): string {
  let text = texts.get(expressions);
  if (text === undefined) {
    text = JSON.stringify(expressions);
    texts.set(expressions, text);
  }
  return text;
}
