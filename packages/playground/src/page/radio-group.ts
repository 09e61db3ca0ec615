import { make } from "./element.ts";

export interface RadioOption<Value extends string | number> {
  readonly value: Value;
  readonly text: string;
}

/** Radio buttons in a container of the page; arrow keys move between them, as the browser does it. */
export class RadioGroup<Value extends string | number> {
  readonly #inputs: ReadonlyMap<Value, HTMLInputElement>;

  constructor(container: HTMLElement, options: readonly RadioOption<Value>[], choose: (value: Value) => void) {
    const inputs = new Map<Value, HTMLInputElement>();
    for (const { value, text } of options) {
      const input = make("input", { type: "radio", name: container.id, value });
      input.addEventListener("change", () => choose(value));
      inputs.set(value, input);
      container.append(make("label", {}, input, text));
    }
    this.#inputs = inputs;
  }

  show(value: Value): void {
    const input = this.#inputs.get(value);
    if (input !== undefined) input.checked = true;
  }
}
