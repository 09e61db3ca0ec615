/** Compiled mode with the lowerings it needs, which take a moment to load: for those who use them only. */
export function loadCompiled(): Promise<typeof import("../compiled/index.ts")> {
  return import("../compiled/index.ts");
}
