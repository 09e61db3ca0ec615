/**
 * Runs a task for each item, some of them at once. After one that fails no other begins, those that run come to their
 * end, and its error is thrown.
 *
 * @param most  how many run at once, >= 1.
 */
export async function forEachAtOnce<T>(
  items: readonly T[],
  most: number,
  task: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = [];
  // All of them take from one iterator.
  const waiting = items.entries();
  const work = async () => {
    for (const [index, item] of waiting) {
      if (errors.length > 0) return;
      await task(item, index).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work));
  if (errors.length > 0) throw errors[0];
}
