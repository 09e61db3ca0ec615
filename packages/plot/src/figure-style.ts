import { classColors } from "./class-colors.ts";

/** `auto` follows the reader's setting and prints in light colours. */
export type Theme = "auto" | "light" | "dark";

/** Of points: where they lie on each other it shows. The colours of classes are made for it. */
export const POINT_OPACITY = 0.85;

/** Letters about 0.55 of their size wide: what layouts reckon with. */
export const FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif';

export interface Shades {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly frame: string;
  readonly grid: string;
  readonly warning: string;
  /** How strongly a node has its colour: as far as all text on it stays readable. */
  readonly tint: number;
}

export const SHADES: { readonly light: Shades; readonly dark: Shades } = {
  light: {
    paper: "#ffffff",
    ink: "#1b1f24",
    faint: "#57606a",
    frame: "#afb8c1",
    grid: "#e9ecef",
    warning: "#cf222e",
    tint: 0.15,
  },
  dark: {
    paper: "#12161c",
    ink: "#e6edf3",
    faint: "#9aa5b1",
    frame: "#4b5563",
    grid: "#232a33",
    warning: "#ff7b72",
    tint: 0.16,
  },
};

/** Rules that depend on the colours; written out, because few programs but browsers know CSS variables. */
function shadeRules(mode: "light" | "dark"): string {
  const { paper, ink, faint, frame, grid, warning, tint } = SHADES[mode];
  return [
    `.mxg .paper,.mxg .b circle{fill:${paper}}`,
    `.mxg text{fill:${ink}}`,
    `.mxg .faint{fill:${faint}}`,
    `.mxg .frame{stroke:${frame}}`,
    `.mxg .grid{stroke:${grid}}`,
    `.mxg .halo{stroke:${paper}}`,
    `.mxg .now{stroke:${faint}}`,
    `.mxg .edge{stroke:${faint}}`,
    `.mxg .head{fill:${faint}}`,
    `.mxg .end{color:${faint}}`,
    `.mxg .warn{stroke:${warning}}`,
    `.mxg .tint{fill-opacity:${tint}}`,
    ...classColors(mode).map((color, i) => `.mxg .k${i}{color:${color}}`),
  ].join("");
}

const SHAPE_RULES = [
  `.mxg{font:12px ${FONT}}`,
  ".mxg .t{font-size:18px;font-weight:600}",
  ".mxg .h{font-size:14px;font-weight:600}",
  ".mxg .frame,.mxg .grid{fill:none}",
  `.mxg .d{fill:none;stroke:currentColor;stroke-linecap:round;stroke-opacity:${POINT_OPACITY}}`,
  ".mxg .m{fill:none;stroke:currentColor;stroke-width:1.1}",
  ".mxg .l{fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}",
  ".mxg .b{stroke:currentColor;stroke-width:2}",
  ".mxg .b text{font-size:11px;font-weight:700;stroke:none;text-anchor:middle}",
  ".mxg .halo{fill:none;stroke-width:5}",
  ".mxg .edge{fill:none;stroke-width:1.3}",
  ".mxg .tint{fill:currentColor}",
  ".mxg .op{font-size:13px;font-weight:600}",
  ".mxg .line{font-size:11px}",
  ".mxg .warn{stroke-width:3;stroke-dasharray:7 4}",
  ".mxg .now{stroke-width:1;stroke-dasharray:3 3}",
].join("");

/** The style sheet of figures and of the page. */
export function figureStyle(theme: Theme): string {
  if (theme !== "auto") return SHAPE_RULES + shadeRules(theme);
  return `${SHAPE_RULES}${shadeRules("light")}@media screen and (prefers-color-scheme:dark){${shadeRules("dark")}}`;
}
