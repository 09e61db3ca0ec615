/** What can be an attribute: numbers are written short, `undefined` leaves the attribute out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Whether XML 1.0 allows the character: no controls but tab and line ends, no half of a surrogate pair. */
function isAllowed(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

/**
 * Text as it may stand in SVG, HTML and double-quoted attributes. Characters that XML forbids, such as NUL, become
 * U+FFFD: labels come from users and must not be able to break a file.
 */
export function escapeText(text: string): string {
  let escaped = "";
  for (const character of text) {
    escaped += isAllowed(character.codePointAt(0) ?? 0) ? (ENTITIES[character] ?? character) : "\ufffd";
  }
  return escaped;
}

/** A number with at most `digits` decimals and nothing superfluous: `12`, `.5`, `-3.25`. */
export function short(value: number, digits = 2): string {
  const text = value.toFixed(digits);
  const trimmed = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  if (trimmed === "-0") return "0";
  return trimmed.replace(/^(-?)0\./, "$1.");
}

/**
 * One element with its attributes escaped.
 *
 * @param children  markup, taken as it is: text goes through `escapeText` first.
 */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [` ${key}="${typeof value === "number" ? short(value) : escapeText(value)}"`];
  });
  const open = `<${name}${written.join("")}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join("")}</${name}>`;
}

/** A `<text>` element. */
export function textElement(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escapeText(text));
}
