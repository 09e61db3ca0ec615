import type { OpAttribute, TensorflowBinding } from "./tfjs-node-backend.ts";

/** An attribute that holds an element type, e.g. `T`; `type` is one of the binding's `TF_FLOAT` ... */
export function typeAttribute(binding: TensorflowBinding, name: string, type: number): OpAttribute {
  return { name, type: binding.TF_ATTR_TYPE, value: type };
}

export function shapeAttribute(binding: TensorflowBinding, name: string, shape: readonly number[]): OpAttribute {
  return { name, type: binding.TF_ATTR_SHAPE, value: shape };
}

export function stringAttribute(binding: TensorflowBinding, name: string, value: string): OpAttribute {
  return { name, type: binding.TF_ATTR_STRING, value };
}

export function booleanAttribute(binding: TensorflowBinding, name: string, value: boolean): OpAttribute {
  return { name, type: binding.TF_ATTR_BOOL, value };
}
