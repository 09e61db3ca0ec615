import { expect } from "vitest";

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** Text with its entities read back; any other entity is a fault. */
export function unescapeText(text: string): string {
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    const character = ENTITIES[name];
    if (character === undefined) throw new Error(`entity ${whole}`);
    return character;
  });
}

/** What all text elements say. */
export function texts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => unescapeText(text));
}

/** That tags are balanced, attributes quoted and once each, and text escaped. */
export function wellFormed(svg: string): void {
  const open: string[] = [];
  const rest = svg.replace(
    /<(\/?)([a-z]+)((?: [-a-zA-Z:]+="[^"<]*")*)(\/?)>/g,
    (_, closing, name, attributes, empty) => {
      const names = [...attributes.matchAll(/ ([-a-zA-Z:]+)="([^"]*)"/g)].map(([, key, value]) => {
        unescapeText(value);
        return key;
      });
      expect(new Set(names).size).toBe(names.length);
      if (closing) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name);
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
  unescapeText(rest);
}
