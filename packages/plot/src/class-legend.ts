import { colorClass } from "./class-colors.ts";
import { markClass, markCommand, markOf } from "./class-marks.ts";
import { shorten, textWidth } from "./figure.ts";
import { element, escapeText, textElement } from "./svg-element.ts";

/** A legend names at most so many classes. */
export const MOST_LEGEND_ENTRIES = 40;
const LINE = 22;
const SWATCH = 20;
const GAP = 16;
const LONGEST = 28;

/** The name of a class: as given, else its number. */
export function classNameOf(index: number, names: readonly string[] | undefined): string {
  return names?.[index] ?? String(index);
}

/** Marks and names of classes in centred lines. */
export function classLegend(
  classes: number,
  names: readonly string[] | undefined,
  shapes: boolean,
  left: number,
  top: number,
  width: number,
): { markup: string; height: number } {
  const shown = Math.min(classes, MOST_LEGEND_ENTRIES);
  const entries = Array.from({ length: shown }, (_, index) => {
    const name = classNameOf(index, names);
    const text = shorten(name, LONGEST);
    return { index, name, text, width: SWATCH + textWidth(text) };
  });
  if (classes > shown) {
    const text = `and ${classes - shown} more`;
    entries.push({ index: -1, name: text, text, width: textWidth(text) });
  }
  const lines: { width: number; entries: typeof entries }[] = [];
  for (const entry of entries) {
    const line = lines.at(-1);
    if (line !== undefined && line.width + GAP + entry.width <= width) {
      line.entries.push(entry);
      line.width += GAP + entry.width;
    } else lines.push({ width: entry.width, entries: [entry] });
  }
  const markup = lines.map((line, row) => {
    let x = left + (width - line.width) / 2;
    const y = top + row * LINE + LINE / 2;
    return line.entries
      .map((entry) => {
        const at = x;
        x += entry.width + GAP;
        if (entry.index < 0) return textElement(at, y + 4, entry.text, { class: "faint" });
        const mark = markOf(entry.index, shapes);
        return element(
          "g",
          { class: colorClass(entry.index) },
          entry.text === entry.name ? "" : element("title", {}, escapeText(entry.name)),
          element("path", {
            class: markClass(mark),
            "stroke-width": mark === "dot" ? 9 : undefined,
            transform: mark === "dot" ? undefined : `translate(${at + 8} ${y}) scale(1.8)`,
            d: mark === "dot" ? `M${at + 8} ${y}h0` : `M0 0${markCommand(mark)}`,
          }),
          textElement(at + SWATCH, y + 4, entry.text),
        );
      })
      .join("");
  });
  return { markup: markup.join(""), height: lines.length * LINE };
}
