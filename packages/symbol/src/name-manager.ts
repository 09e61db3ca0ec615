/**
 * Gives names to nodes that have none, as `mx.name.NameManager`: the operator's name in lower case and a number that
 * counts up, `convolution0`, `convolution1`. A new manager counts from 0.
 */
export class NameManager {
  static #current = new NameManager();

  /** The manager in force. */
  static get current(): NameManager {
    return NameManager.#current;
  }

  readonly #counts = new Map<string, number>();

  /** @returns `name` if there is one, else the next name for the hint. */
  get(name: string | undefined, hint: string): string {
    if (name) return name;
    const count = this.#counts.get(hint) ?? 0;
    this.#counts.set(hint, count + 1);
    return `${hint}${count}`;
  }

  /** Runs something with this manager in force, Python's `with`. Not for functions that wait. */
  run<T>(body: () => T): T {
    const outer = NameManager.#current;
    NameManager.#current = this;
    try {
      return body();
    } finally {
      NameManager.#current = outer;
    }
  }
}
