import { UsageError } from "@mxgraft/base";

/**
 * That a list of names is empty.
 *
 * @param what  what is wrong with the names, and what to do.
 * @throws UsageError  it is not.
 */
export function requireNone(subject: string, names: readonly string[], what: string): void {
  if (names.length === 0) return;
  throw new UsageError(`${subject} ${names.map((name) => `"${name}"`).join(", ")} ${what}`, { actual: names });
}
