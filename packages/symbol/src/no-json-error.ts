import { GraphError } from "@mxgraft/base";
import type { JsonFault } from "./json-fault.ts";

/** What to say of a text that is no JSON: how long it is, where it breaks off or is wrong, and what to do. */
export function noJsonError(text: string, { at, expected }: JsonFault, cause: unknown): GraphError {
  const utf8 = new TextEncoder();
  const byte = utf8.encode(text.slice(0, at)).length;
  const size = utf8.encode(text).length;
  const before = text.slice(0, at).split("\n");
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  const codePoint = text.codePointAt(at);
  const facts = { byte, expected, actual: codePoint === undefined ? undefined : String.fromCodePoint(codePoint) };
  if (size === 0)
    return new GraphError("The graph is not JSON: it has 0 bytes. Copy the file again.", facts, { cause });
  const message =
    codePoint === undefined
      ? `it breaks off after ${size} bytes, at ${place}, where ${expected} is expected. The file was probably cut short: copy it again.`
      : `byte ${byte} of ${size}, at ${place}, is ${JSON.stringify(facts.actual)}, expected ${expected}. Was the file changed by hand, or is it no symbol.json?`;
  return new GraphError(`The graph is not JSON: ${message}`, facts, { cause });
}
