/**
 * States what must hold if mxgraft itself is right. What a caller can get wrong is reported with one of the error
 * classes instead.
 *
 * @throws Error prefixed `internal:`; seeing one means a fault in mxgraft.
 */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`internal: ${message}`);
}
