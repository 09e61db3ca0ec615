import { invariant } from "@mxgraft/base";

/** What a call always has in a place, or a fault of whoever made the call. */
export function given<T>(value: T | undefined, what: string): T {
  invariant(value !== undefined, `${what} is missing`);
  return value;
}
