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
    // The byte order mark stays, so that what is said of places in the text is true of the file.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch (cause) {
    const byte = faultyByte(content);
    const value = content[byte];
    const message =
      value === undefined
        ? `after ${byte} bytes the last character is cut short, and the file with it. Copy it again.`
        : `at byte ${byte} 0x${value.toString(16).padStart(2, "0")} is not UTF-8. Is it a symbol.json?`;
    throw new GraphError(`The graph is no text: ${message}`, { byte, actual: value }, { cause });
  }
}
