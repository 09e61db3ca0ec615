/** A node cannot be compiled; the message says why, without a subject: "it reads values back". */
export class NotCompilableError extends Error {
  override readonly name = "NotCompilableError";
}
