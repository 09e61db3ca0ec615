/** Names that a sentence lists; the others are counted. */
export const MOST_NAMES = 6;

/** Names for a sentence: the first few, and how many more there are. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `“${name}”`);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
