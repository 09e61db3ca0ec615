import { FormatError } from "@mxgraft/base";
import type { ReadOptions } from "./read-params.ts";

/** A number without sign, as an index has them; `undefined` for everything else. */
function parseCount(text: string | undefined): number | undefined {
  if (text === undefined || text === "" || [...text].some((digit) => digit < "0" || digit > "9")) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/**
 * Reads the index of a RecordIO file (`.idx`, `MXIndexedRecordIO`): lines `key TAB position`.
 *
 * @returns  the byte at which each record begins, by its key.
 * @throws FormatError  a line is something else; it is named, from 1.
 */
export function readRecordIndex(text: string, options: ReadOptions = {}): Map<number, number> {
  const file = options.file ?? "record index";
  const positions = new Map<number, number>();
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const [key, position, ...rest] = line.trim().split("\t").map(parseCount);
    if (key === undefined || position === undefined || rest.length > 0) {
      throw new FormatError(
        `${file}: line ${i + 1} is ${JSON.stringify(line.slice(0, 40))}, expected a key, a tab and a position.`,
        {
          file,
          row: i,
          actual: line,
        },
      );
    }
    positions.set(key, position);
  }
  return positions;
}

/** The text of an index, as MXNet writes it. */
export function writeRecordIndex(positions: ReadonlyMap<number, number>): string {
  return Array.from(positions, ([key, position]) => `${key}\t${position}\n`).join("");
}
