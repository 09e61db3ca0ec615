/**
 * Ten colours for classes on white, and on near-black: the Okabe-Ito set and four more, moved apart by search until
 * every two differ clearly for normal sight and for protanopia, deuteranopia and tritanopia (a test measures it).
 */
const COLORS = {
  light: ["#365495", "#cbb900", "#028575", "#bf3b05", "#a075c6", "#22c2f9", "#001682", "#c8811c", "#80183a", "#77a897"],
  dark: ["#3e5cde", "#fbf875", "#47a67e", "#f76410", "#ae93fd", "#acfeff", "#886699", "#eeba40", "#ae4c2d", "#38d7d4"],
} as const;

/** The ten colours for one mode. */
export function classColors(mode: "light" | "dark"): readonly string[] {
  return COLORS[mode];
}

/** The style class of a data class; colours start again after ten. */
export function colorClass(index: number): string {
  return `k${index % COLORS.light.length}`;
}
