import { NameManager } from "./name-manager.ts";

/** A name manager that puts a prefix before every name, given ones too, as `mx.name.Prefix`. */
export class Prefix extends NameManager {
  readonly #prefix: string;

  constructor(prefix: string) {
    super();
    this.#prefix = prefix;
  }

  override get(name: string | undefined, hint: string): string {
    return this.#prefix + super.get(name, hint);
  }
}
