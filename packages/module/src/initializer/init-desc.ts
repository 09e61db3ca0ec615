import { createInitializer } from "./create-initializer.ts";
import type { Initializer } from "./initializer.ts";

/** A parameter to be initialized: its name and the attributes of its variable. */
export class InitDesc {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;

  constructor(name: string, attributes: ReadonlyMap<string, string> = new Map()) {
    this.name = name;
    this.attributes = attributes;
  }

  /**
   * The initializer in the attribute `__init__`, if there is one.
   *
   * @throws RegistryError  it is not registered.
   */
  ownInitializer(): Initializer | undefined {
    const text = this.attributes.get("__init__");
    return text ? createInitializer(text) : undefined;
  }
}
