// Attributes
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
export { customOperators, OperatorRegistry, operators, type RegisterOptions } from "./registry.ts";
export { CUSTOM, type ResolvedOperator, resolveOperator } from "./resolve-operator.ts";
export { atNode, nodeError } from "./at-node.ts";

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
export { register } from "./register.ts";
export { type CustomOpPropClass, specOfProp } from "./spec-of-prop.ts";
export { NDArray, nd } from "@mxgraft/ndarray";

// What backends implement
export type {
  Affine,
  AffineCall,
  Followers,
  FusedActivation,
  FusedCall,
  FusedKernel,
  PrepareCall,
} from "./fused-kernel.ts";
export type {
  BackwardCall,
  ForwardCall,
  Kernel,
  Layout,
  Layouts,
  LayoutWish,
  StateStorage,
} from "./kernel.ts";
export { tensorType } from "./tensor-type.ts";
export type { GraphAttribute, GraphBuilder, GraphInput, GraphState, GraphType, GraphValue } from "./graph-builder.ts";
export type {
  LoweredBackwardCall,
  LoweredForwardCall,
  LoweredFusedCall,
  LoweredPackCall,
  LoweredOutputs,
  LoweredUpdateCall,
  Lowering,
  LoweringTable,
} from "./lowering.ts";
export { customLowerings, LoweringRegistry, lowerings } from "./lowering-registry.ts";
export { NativeDefinitions, nativeDefinitions } from "./native-definitions.ts";
export type { Plugin } from "./plugin.ts";
