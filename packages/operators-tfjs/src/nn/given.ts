import { invariant } from "@mxgraft/base";

/** What the spec of an operator says its kernel gets. */
export function given<T>(value: T | undefined, what: string): T {
  invariant(value !== undefined, `a kernel was called without ${what}`);
  return value;
}
