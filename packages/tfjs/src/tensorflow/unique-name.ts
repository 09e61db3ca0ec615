/** Worker threads share TensorFlow's tables of names, so that counting is not enough. */
const thread = globalThis.crypto.randomUUID();
let count = 0;

/**
 * A name that no other has as long as the process lives, in whatever thread: TensorFlow finds variables and functions
 * by their names.
 *
 * @param kind  the beginning, of letters and underscores.
 */
export function uniqueName(kind: string): string {
  return `${kind}_${thread.replaceAll("-", "_")}_${count++}`;
}
