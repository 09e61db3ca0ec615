import { classColors } from "@mxgraft/plot";

/** Colours of what is drawn on canvases: style sheets do not reach there. */
export interface FigureColors {
  /** By digit. */
  readonly classes: readonly string[];
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly grid: string;
  readonly line: string;
  readonly second: string;
}

const dark = matchMedia("(prefers-color-scheme: dark)");

/** The colours for the mode that is on; those of the style sheet where they are there. */
export function figureColors(): FigureColors {
  const style = getComputedStyle(document.documentElement);
  const variable = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    classes: classColors(dark.matches ? "dark" : "light"),
    paper: variable("sheet"),
    ink: variable("ink"),
    faint: variable("faint"),
    grid: variable("grid"),
    line: variable("line-one"),
    second: variable("line-two"),
  };
}

/** Calls back when the person changes between light and dark. */
export function onColorsChange(callback: () => void): void {
  dark.addEventListener("change", callback);
}
