import { GraphError } from "@mxgraft/base";

/** Whether the bytes begin as UTF-8 does; a character that the end cuts is no fault yet. */
function isUtf8Start(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The first byte that is not UTF-8; the number of bytes where the last character lacks its end. */
function faultyByte(bytes: Uint8Array): number {
  if (isUtf8Start(bytes)) return bytes.length;
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (isUtf8Start(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

/**
 * The text of a `symbol.json` from its bytes.
 *
 * @throws GraphError  the bytes are not UTF-8; `facts.byte` says where.
 */
export function graphText(content: string | Uint8Array): string {
  if (typeof content === "string") return content;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch (cause) {
    const byte = faultyByte(content);
    const value = content[byte];
    const found =
      value === undefined ? "the last character is cut short" : `0x${value.toString(16).padStart(2, "0")} is not UTF-8`;
    throw new GraphError(
      `The graph is no text: at byte ${byte} ${found}. Is it a symbol.json?`,
      { byte, actual: value },
      { cause },
    );
  }
}
