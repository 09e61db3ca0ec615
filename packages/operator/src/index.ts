// Attributes

export { NDArray, nd } from "@mxgraft/ndarray";
export { atNode, nodeError } from "./at-node.ts";
export {
  type AttributeType,
  boolean,
  dtype,
  integer,
  oneOf,
  optional,
  optionalTuple,
  real,
  realTuple,
  text,
  tuple,
} from "./attribute-types.ts";
export {
  type AttributeDefinition,
  type AttributeSchema,
  type AttributesOf,
  type AttributeValue,
  defaulted,
  formatAttribute,
  parseAttributes,
  type RawAttributes,
  required,
} from "./attributes.ts";
// Operators in MXNet's style
export {
  type CustomAttributes,
  CustomOp,
  CustomOpProp,
  type CustomShapes,
  type CustomTypes,
  type GradReq,
  type Req,
} from "./custom-op.ts";
// What backends implement
export type {
  BackwardCall,
  ForwardCall,
  Kernel,
  Layout,
  Layouts,
  LayoutWish,
  StateStorage,
} from "./kernel.ts";
// Specifications and their registry
export {
  defineOperator,
  type OperatorDefinition,
  type OperatorSpec,
  type PartialShapes,
  type PartialTypes,
  type PerEntry,
  sameType,
} from "./operator-spec.ts";
export type { Plugin } from "./plugin.ts";
export { register } from "./register.ts";
export { customOperators, OperatorRegistry, operators, type RegisterOptions } from "./registry.ts";
export { CUSTOM, type ResolvedOperator, resolveOperator } from "./resolve-operator.ts";
export { type CustomOpPropClass, specOfProp } from "./spec-of-prop.ts";
