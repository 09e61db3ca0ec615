import { invoke, type StateCell, zerosLike } from "@mxgraft/executor";

/**
 * Arithmetic on arrays of one shape, element by element, as a tree of MXNet's operators: for optimizers that have no
 * update operator of their own.
 */
export type CellExpression =
  | StateCell
  | { readonly operator: string; readonly inputs: readonly CellExpression[]; readonly attributes: object };

function isCell(expression: CellExpression): expression is StateCell {
  return "shape" in expression;
}

function unary(operator: string) {
  return (data: CellExpression): CellExpression => ({ operator, inputs: [data], attributes: {} });
}

function binary(operator: string, scalarOperator: string) {
  return (left: CellExpression, right: CellExpression | number): CellExpression =>
    typeof right === "number"
      ? { operator: scalarOperator, inputs: [left], attributes: { scalar: right, is_int: false } }
      : { operator, inputs: [left, right], attributes: {} };
}

export const add = binary("elemwise_add", "_plus_scalar");
export const subtract = binary("elemwise_sub", "_minus_scalar");
export const multiply = binary("elemwise_mul", "_mul_scalar");
export const divide = binary("elemwise_div", "_div_scalar");
export const maximum = binary("_maximum", "_maximum_scalar");
export const square = unary("square");
export const squareRoot = unary("sqrt");
export const absolute = unary("abs");

/** Cut to [-bound, bound]; as it is when the bound is `null`. */
export function clip(data: CellExpression, bound: number | null): CellExpression {
  return bound === null ? data : { operator: "clip", inputs: [data], attributes: { a_min: -bound, a_max: bound } };
}

/** Computes an expression into a cell, which may be one of those it reads. */
export function assign(out: StateCell, expression: CellExpression): void {
  if (isCell(expression)) {
    invoke("_copy", { inputs: [expression], attributes: {}, out });
    return;
  }
  const temporaries: StateCell[] = [];
  try {
    const inputs = expression.inputs.map((input) => {
      if (isCell(input)) return input;
      const cell = zerosLike(out, `${out.name}_${input.operator}`);
      temporaries.push(cell);
      assign(cell, input);
      return cell;
    });
    invoke(expression.operator, { inputs, attributes: expression.attributes, out });
  } finally {
    for (const cell of temporaries) cell.dispose();
  }
}

/** Computes an expression once, for use in several others. */
export function withValue(like: StateCell, expression: CellExpression, use: (value: StateCell) => void): void {
  const value = zerosLike(like, `${like.name}_value`);
  try {
    assign(value, expression);
    use(value);
  } finally {
    value.dispose();
  }
}
