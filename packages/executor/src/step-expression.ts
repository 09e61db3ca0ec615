/** A value in terms of a step: an argument or an output of the graph, or an MXNet operator of such values. */
export type StepExpression =
  | { readonly argument: string }
  | { readonly output: number }
  | {
      readonly operator: string;
      readonly attributes?: Readonly<Record<string, string>>;
      readonly inputs: readonly StepExpression[];
    };
