/**
 * Ten colours for classes on white, and on near-black, found by search: points of them stand out from the paper by 3 to 1
 * (WCAG 2.2, 1.4.11), and every two differ clearly for normal sight and for protanopia, deuteranopia and tritanopia. A
 * test measures both.
 */
const COLORS = {
  light: ["#105e81", "#342f02", "#149455", "#fe3209", "#9c6eae", "#e225fe", "#0000a4", "#923c00", "#610056", "#7805d6"],
  dark: ["#09b4ff", "#a7b000", "#098659", "#e62800", "#8368a9", "#ff75b9", "#1ffffd", "#ffd0a9", "#c300ff", "#c6ff11"],
} as const;

/** The ten colours for one mode. */
export function classColors(mode: "light" | "dark"): readonly string[] {
  return COLORS[mode];
}

/** The style class of a data class; colours start again after ten. */
export function colorClass(index: number): string {
  return `k${index % COLORS.light.length}`;
}
