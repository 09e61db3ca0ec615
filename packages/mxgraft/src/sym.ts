import "./register-all.ts";
import { CUSTOM } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { group, symbolFunction, symbolFunctions, variable } from "@mxgraft/symbol";

/**
 * MXNet's `mx.sym`: a function for each built-in operator, under its MXNet name, with attributes by their MXNet names.
 *
 *   const conv = sym.Convolution({ data: sym.variable("data"), kernel: [5, 5], num_filter: 20 });
 */
export const sym = {
  ...symbolFunctions(builtins),
  /** A custom operator: `op_type` names it, the other attributes go to it. */
  Custom: symbolFunction(CUSTOM),
  /** MXNet's `mx.sym.Group`: several symbols as one. */
  Group: group,
  variable,
  /** MXNet's spelling of `variable`. */
  Variable: variable,
};
