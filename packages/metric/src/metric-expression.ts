/**
 * A value in terms of a batch: its i-th label or output, or an MXNet operator of such values. Attributes are strings,
 * as in a graph file, so that whatever builds graphs can build these.
 */
export type MetricExpression =
  | { readonly label: number }
  | { readonly pred: number }
  | {
      readonly operator: string;
      readonly attributes?: Readonly<Record<string, string>>;
      readonly inputs: readonly MetricExpression[];
    };

/** What one batch adds to a metric: the sum, of one element, and how much it counts. */
export interface MetricSums {
  readonly sum: MetricExpression;
  readonly count: number;
}

/** An operator on expressions. */
export function apply(
  operator: string,
  inputs: readonly MetricExpression[],
  attributes?: Readonly<Record<string, string>>,
): MetricExpression {
  return attributes === undefined ? { operator, inputs } : { operator, attributes, inputs };
}

/** The sum of several expressions of one element. */
export function total([first, ...rest]: readonly MetricExpression[]): MetricExpression | null {
  if (first === undefined) return null;
  return rest.reduce((sum, term) => apply("elemwise_add", [sum, term]), first);
}
