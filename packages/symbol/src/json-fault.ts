/** Where a text stops being JSON. */
export interface JsonFault {
  /** Which character, from 0; the length of the text where it ends too early. */
  readonly at: number;
  /** What could stand there, e.g. `"a value"`. */
  readonly expected: string;
}

const LITERALS = ["true", "false", "null"];
const ESCAPES = '"\\/bfnrt';

/**
 * The first character by which a text is no JSON, which engines say in words of their own, if at all.
 *
 * @param text  nests no deeper than the stack allows.
 * @returns `undefined` when it is JSON.
 */
export function jsonFault(text: string): JsonFault | undefined {
  return new Scanner(text).scan();
}

/** Each method steps over what it is named after and gives the fault in it; `at` stays on the fault. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): JsonFault | undefined {
    const fault = this.#value();
    if (fault !== undefined) return fault;
    this.#space();
    return this.#at < this.#text.length ? this.#fault("the end") : undefined;
  }

  #fault(expected: string): JsonFault {
    return { at: this.#at, expected };
  }

  #is(characters: string): boolean {
    const char = this.#text[this.#at];
    return char !== undefined && characters.includes(char);
  }

  #take(characters: string): boolean {
    const taken = this.#is(characters);
    if (taken) this.#at++;
    return taken;
  }

  #space(): void {
    while (this.#take(" \t\n\r"));
  }

  #value(): JsonFault | undefined {
    this.#space();
    if (this.#is('"')) return this.#string();
    if (this.#take("[")) return this.#list("]", () => this.#value());
    if (this.#take("{")) return this.#list("}", () => this.#member());
    if (this.#is("-0123456789")) return this.#number();
    const literal = LITERALS.find((word) => this.#is(word.charAt(0)));
    return literal === undefined ? this.#fault("a value") : this.#literal(literal);
  }

  #list(end: string, item: () => JsonFault | undefined): JsonFault | undefined {
    this.#space();
    if (this.#take(end)) return undefined;
    while (true) {
      const fault = item();
      if (fault !== undefined) return fault;
      this.#space();
      if (this.#take(end)) return undefined;
      if (!this.#take(",")) return this.#fault(`"," or "${end}"`);
    }
  }

  #member(): JsonFault | undefined {
    this.#space();
    if (!this.#is('"')) return this.#fault("a name in quotes");
    const fault = this.#string();
    if (fault !== undefined) return fault;
    this.#space();
    return this.#take(":") ? this.#value() : this.#fault('":"');
  }

  #string(): JsonFault | undefined {
    this.#at++;
    while (!this.#take('"')) {
      const char = this.#text[this.#at];
      if (char === undefined) return this.#fault("the end of a text in quotes");
      if (char < " ") return this.#fault("no control character in a text");
      this.#at++;
      if (char !== "\\") continue;
      if (this.#take("u")) {
        for (let digit = 0; digit < 4; digit++) {
          if (!this.#take("0123456789abcdefABCDEF")) return this.#fault("four hexadecimal digits");
        }
      } else if (!this.#take(ESCAPES)) return this.#fault('what may follow "\\"');
    }
    return undefined;
  }

  #number(): JsonFault | undefined {
    this.#take("-");
    if (!this.#take("0") && !this.#digits()) return this.#fault("a digit");
    if (this.#take(".") && !this.#digits()) return this.#fault("a digit");
    if (!this.#take("eE")) return undefined;
    this.#take("+-");
    return this.#digits() ? undefined : this.#fault("a digit");
  }

  #digits(): boolean {
    const start = this.#at;
    while (this.#take("0123456789"));
    return this.#at > start;
  }

  #literal(word: string): JsonFault | undefined {
    for (const char of word) if (!this.#take(char)) return this.#fault(`"${word}"`);
    return undefined;
  }
}
