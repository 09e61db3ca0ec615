/**
 * What tfjs prints while backends change, and what need not be said: that tfjs-node sets the platform that tfjs set
 * before, and what `setBackend` reports with its own error anyway.
 */
const NOISE = ["has already been set. Overwriting the platform", "was already registered. Reusing existing backend"];

/**
 * Runs `work` with tfjs's warnings held back; the ones that are more than noise are printed when it succeeds.
 *
 * @param onFailure  makes the error to throw when `work` fails, out of its own and the warnings.
 */
export async function withoutNoise<T>(
  work: () => Promise<T>,
  onFailure: (error: unknown, warnings: readonly string[]) => Error,
): Promise<T> {
  const warn = console.warn;
  const warnings: string[] = [];
  console.warn = (...words: unknown[]) => {
    warnings.push(words.map((word) => (word instanceof Error ? word.message : String(word))).join(" "));
  };
  try {
    const result = await work();
    for (const line of warnings) if (!NOISE.some((noise) => line.includes(noise))) warn(line);
    return result;
  } catch (error) {
    throw onFailure(error, warnings);
  } finally {
    console.warn = warn;
  }
}
