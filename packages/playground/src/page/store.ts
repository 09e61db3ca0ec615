/** A state that changes by events, and those who show it: once a frame, however many events there were. */
export class Store<State, Event> {
  #state: State;
  readonly #reduce: (state: State, event: Event) => State;
  readonly #watchers: ((state: State, before: State | undefined) => void)[] = [];
  #shown: State | undefined;
  #asked = false;

  constructor(initial: State, reduce: (state: State, event: Event) => State) {
    this.#state = initial;
    this.#reduce = reduce;
  }

  get state(): State {
    return this.#state;
  }

  dispatch(event: Event): void {
    this.#state = this.#reduce(this.#state, event);
    this.#ask();
  }

  /** @param show  gets the state, and the one that it showed before. */
  watch(show: (state: State, before: State | undefined) => void): void {
    this.#watchers.push(show);
    this.#ask();
  }

  #ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      const [state, before] = [this.#state, this.#shown];
      this.#shown = state;
      for (const show of this.#watchers) show(state, before);
    });
  }
}
