/**
 * An element of the page by its id.
 *
 * @throws Error  there is none of this kind: page and program do not belong together.
 */
export function byId<E extends Element>(id: string, kind: new () => E): E {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`internal: the page has no ${kind.name} with the id "${id}"`);
}

type Child = Node | string | number;

/** A new element with attributes and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number | boolean>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

/** Sets a text only where it differs: screen readers speak what is set, changed or not. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
