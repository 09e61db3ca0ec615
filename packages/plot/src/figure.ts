import { figureStyle, type Theme } from "./figure-style.ts";
import { element, escapeText, textElement } from "./svg-element.ts";

/** Options that every figure takes. */
export interface FigureOptions {
  readonly title?: string;
  readonly subtitle?: string;
  /** What the figure shows, for those who cannot see it; made from the data when left out. */
  readonly description?: string;
  readonly theme?: Theme;
  /** Whether the figure is part of a page that has the style sheet; default false. */
  readonly inline?: boolean;
}

/** Width of text, roughly: enough to lay out legends without a font. */
export function textWidth(text: string, size = 12): number {
  return [...text].length * size * 0.56;
}

/** Cuts text that is too long for a place, with an ellipsis. */
export function shorten(text: string, characters: number): string {
  const letters = [...text];
  return letters.length <= characters ? text : `${letters.slice(0, characters - 1).join("")}\u2026`;
}

/** Breaks text into lines of at most so many units. */
function wrap(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/[ \t\n]+/).filter((part) => part !== "")) {
    const line = lines.at(-1);
    if (line !== undefined && textWidth(`${line} ${word}`, size) <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Title and subtitle at the top of a figure, and how high they are. */
export function heading(options: FigureOptions, left: number, width: number): { markup: string; height: number } {
  const { title = "", subtitle = "" } = options;
  let y = 8;
  const lines: string[] = [];
  for (const line of wrap(title, width, 18)) {
    y += 22;
    lines.push(textElement(left, y, line, { class: "t" }));
  }
  for (const line of wrap(subtitle, width, 12)) {
    y += 18;
    lines.push(textElement(left, y, line, { class: "faint" }));
  }
  return { markup: lines.join(""), height: y + 8 };
}

/** A whole SVG file. */
export function svgFile(width: number, height: number, label: string, options: FigureOptions, body: string): string {
  const { inline = false } = options;
  return element(
    "svg",
    {
      xmlns: inline ? undefined : "http://www.w3.org/2000/svg",
      class: "mxg",
      width,
      height,
      viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`,
      role: "img",
    },
    element("title", {}, escapeText(options.title || label)),
    element("desc", {}, escapeText(options.description ?? label)),
    inline ? "" : `<style>${figureStyle(options.theme ?? "auto")}</style>`,
    inline ? "" : element("rect", { class: "paper", width, height }),
    body,
  );
}
