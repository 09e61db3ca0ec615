import { RegistryError } from "@mxgraft/base";

/**
 * Operators of TensorFlow that native code of a package adds, in the form of one line each:
 *
 *   Name(argument: type, ...) -> (output: type, ...) {attribute: kind, optional?: kind, type_attribute: type = float32} stateful
 *
 * The type of an argument is a data type, `resource`, or the name of an attribute of kind `type`; `N * T` is a list of
 * N values of type T, and `[Ts]` a list whose types an attribute of kind `list(type)` gives.
 */
export class NativeDefinitions {
  readonly #byName = new Map<string, string>();

  /**
   * @param definition  e.g. `"MyScale(data: T, by: float32) -> (output: T) {T: type}"`.
   * @throws RegistryError  an operator of that name has another definition already.
   */
  register(definition: string): void {
    const name = definition.slice(0, definition.indexOf("(")).trim();
    const present = this.#byName.get(name);
    if (present !== undefined && present !== definition) {
      throw new RegistryError(
        `TensorFlow's operator "${name}" is defined already, as ${present}; found ${definition}. Give yours another name.`,
        { operator: name, expected: present, actual: definition },
      );
    }
    this.#byName.set(name, definition);
  }

  find(name: string): string | undefined {
    return this.#byName.get(name);
  }
}

/** Those of all plug-ins that are registered. */
export const nativeDefinitions = new NativeDefinitions();
