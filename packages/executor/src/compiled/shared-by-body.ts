/** What TensorFlow holds of graphs, one of each: made for the first user, freed after the last. */
export class SharedByBody<T> {
  readonly #free: (held: T) => void;
  readonly #entries = new Map<string, { readonly held: T; users: number }>();

  constructor(free: (held: T) => void) {
    this.#free = free;
  }

  /** How many there are. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * @param body  equal for graphs that do the same thing.
   * @returns what was made of the graph, and a function that gives it back; a second call of that does nothing.
   */
  take(body: string, make: () => T): { readonly held: T; giveBack(): void } {
    const entry = this.#entries.get(body) ?? { held: make(), users: 0 };
    this.#entries.set(body, entry);
    entry.users++;
    let live = true;
    return {
      held: entry.held,
      giveBack: () => {
        if (!live) return;
        live = false;
        entry.users--;
        if (entry.users > 0) return;
        this.#entries.delete(body);
        this.#free(entry.held);
      },
    };
  }
}
