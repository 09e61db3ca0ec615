import { FormatError } from "@mxgraft/base";

/** A value as Python writes it in a call: what the cases' constructors use. */
export type PythonValue = number | string | boolean | null | readonly PythonValue[];

export interface PythonCall {
  readonly name: string;
  readonly positional: readonly (PythonValue | PythonCall)[];
  readonly keywords: ReadonlyMap<string, PythonValue | PythonCall>;
}

export function isPythonCall(value: PythonValue | PythonCall | undefined): value is PythonCall {
  return typeof value === "object" && value !== null && "keywords" in value;
}

/**
 * Reads `TopKAccuracy(top_k=2, name='x')`: names, numbers, strings, None, True, False, lists and nested calls.
 *
 * @throws FormatError  anything else, naming the place.
 */
export function parsePythonCall(text: string): PythonCall {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  if (!isPythonCall(value)) throw new FormatError(`"${text}" is no call such as "Accuracy(axis=1)".`);
  return value;
}

/** Calls in calls of a constructor; the cases have two. */
const MAX_DEPTH = 16;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  end(): void {
    this.#skip();
    if (this.#at < this.#text.length) this.#fail("the end");
  }

  value(depth: number): PythonValue | PythonCall {
    if (depth > MAX_DEPTH) this.#fail("less nesting");
    this.#skip();
    const char = this.#text[this.#at] ?? "";
    if (char === "'" || char === '"') return this.#string(char);
    if (char === "[" || char === "(") return this.#list(char === "[" ? "]" : ")", depth);
    const word = this.#word();
    if (word === "") this.#fail("a value");
    switch (word) {
      case "None":
        return null;
      case "True":
        return true;
      case "False":
        return false;
    }
    const number = Number(word);
    if (!Number.isNaN(number)) return number;
    this.#expect("(");
    return this.#arguments(word, depth);
  }

  #arguments(name: string, depth: number): PythonCall {
    const positional: (PythonValue | PythonCall)[] = [];
    const keywords = new Map<string, PythonValue | PythonCall>();
    while (!this.#take(")")) {
      const start = this.#at;
      const key = this.#word();
      if (key !== "" && this.#take("=")) keywords.set(key, this.value(depth + 1));
      else {
        this.#at = start;
        positional.push(this.value(depth + 1));
      }
      if (!this.#take(",") && this.#peek() !== ")") this.#fail('"," or ")"');
    }
    return { name, positional, keywords };
  }

  #list(close: string, depth: number): PythonValue {
    this.#at++;
    const items: PythonValue[] = [];
    while (!this.#take(close)) {
      const item = this.value(depth + 1);
      // Lists of calls are read as their names with options by whoever wants them; see `replays/metric.ts`.
      items.push(
        isPythonCall(item)
          ? [item.name, ...[...item.keywords].map(([key, value]) => [key, isPythonCall(value) ? value.name : value])]
          : item,
      );
      if (!this.#take(",") && this.#peek() !== close) this.#fail(`"," or "${close}"`);
    }
    return items;
  }

  #string(quote: string): string {
    const end = this.#text.indexOf(quote, this.#at + 1);
    if (end < 0) this.#fail(`a closing ${quote}`);
    const text = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return text;
  }

  #word(): string {
    this.#skip();
    const start = this.#at;
    while (this.#at < this.#text.length && !" ,()[]='\"".includes(this.#text[this.#at] ?? " ")) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  #skip(): void {
    while (this.#text[this.#at] === " ") this.#at++;
  }

  #peek(): string {
    this.#skip();
    return this.#text[this.#at] ?? "";
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false;
    this.#at++;
    return true;
  }

  #expect(char: string): void {
    if (!this.#take(char)) this.#fail(`"${char}"`);
  }

  #fail(expected: string): never {
    throw new FormatError(`"${this.#text}": expected ${expected} at character ${this.#at}.`);
  }
}

/** `top_k` as TypeScript writes it, `topK`. */
export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
