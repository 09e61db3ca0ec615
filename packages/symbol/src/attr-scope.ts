/** Attributes by name, as text. */
export type AttributeTexts = Readonly<Record<string, string>>;

/** Attributes for all nodes made while it is in force, as `mx.AttrScope`: `{ ctx_group: "stage1" }`. Scopes nest. */
export class AttrScope {
  static #current: ReadonlyMap<string, string> = new Map();

  /** The attributes in force with more laid over them. */
  static merged(own: AttributeTexts = {}): Map<string, string> {
    return new Map([...AttrScope.#current, ...Object.entries(own)]);
  }

  readonly #attributes: AttributeTexts;

  constructor(attributes: AttributeTexts) {
    this.#attributes = attributes;
  }

  /** Runs something with these attributes in force, Python's `with`. Not for functions that wait. */
  run<T>(body: () => T): T {
    const outer = AttrScope.#current;
    AttrScope.#current = AttrScope.merged(this.#attributes);
    try {
      return body();
    } finally {
      AttrScope.#current = outer;
    }
  }
}
