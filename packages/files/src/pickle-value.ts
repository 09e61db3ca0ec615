/** A class or function that a pickle names. It is never looked up: only its name is kept. */
export interface PickleGlobal {
  readonly kind: "global";
  /** `module.name`, e.g. `mxnet.ndarray.ndarray.NDArray`. */
  readonly name: string;
}

export interface PickleTuple {
  readonly kind: "tuple";
  readonly items: readonly PickleValue[];
}

/** An instance as its class name and the data it would be built from; nothing is built or called. */
export interface PickleObject {
  readonly kind: "object";
  readonly className: string;
  readonly args: readonly PickleValue[];
  /** What BUILD gives: mostly the instance's attributes. */
  state: PickleValue;
}

/** What a pickle holds, as inert data. Lists are arrays, dicts are maps; both may be shared or contain themselves. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleTuple
  | PickleGlobal
  | PickleObject;

/** The value if it is of the kind, e.g. `ofKind(value, "tuple")`. */
export function ofKind<K extends "global" | "tuple" | "object">(
  value: PickleValue | undefined,
  kind: K,
): Extract<PickleValue, { kind: K }> | undefined {
  if (value === null || typeof value !== "object" || !("kind" in value) || value.kind !== kind) return undefined;
  // TypeScript does not narrow a union by a generic discriminant.
  return value as Extract<PickleValue, { kind: K }>;
}
