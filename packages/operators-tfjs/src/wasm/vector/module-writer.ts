import { type Code, type Local, unsigned, type ValueType } from "./instructions.ts";

const TYPE_CODES: Readonly<Record<ValueType, number>> = { i32: 0x7f, v128: 0x7b };

/** The most pages of 64 KiB that 32 bits address. */
const MOST_PAGES = 65536;

interface WrittenFunction {
  readonly exported: string | undefined;
  readonly type: readonly number[];
  readonly body: readonly number[];
}

function flattened(code: Code, into: number[] = []): number[] {
  for (const part of code) {
    if (typeof part === "number") into.push(part);
    else flattened(part, into);
  }
  return into;
}

function sized(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}

function list(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(value: string): number[] {
  return sized([...new TextEncoder().encode(value)]);
}

function localAt(index: number): Local {
  const at = unsigned(index);
  const get = [0x20, at];
  return {
    get,
    set: (value) => [value, 0x21, at],
    add: (value) => [get, value, 0x6a, 0x21, at],
  };
}

/** Writes a WebAssembly module of functions without results, over a memory that it imports as `heap.memory`. */
export class ModuleWriter {
  readonly #functions: WrittenFunction[] = [];

  /**
   * Adds a function.
   *
   * @param exported    its name for JavaScript, if it is for it.
   * @param parameters  their names; all are of 32 bits.
   * @param write       gets the parameters by name, and a function that makes a variable of a type, which starts at 0.
   * @returns its index, for `call`.
   */
  add<Name extends string>(
    exported: string | undefined,
    parameters: readonly Name[],
    write: (given: Readonly<Record<Name, Local>>, local: (type: ValueType) => Local) => Code,
  ): number {
    const entries = parameters.map((name, i): [Name, Local] => [name, localAt(i)]);
    // The type of fromEntries forgets which names there are.
    const given = Object.fromEntries(entries) as Record<Name, Local>;
    const locals: ValueType[] = [];
    const code = write(given, (type) => localAt(parameters.length + locals.push(type) - 1));
    const declared = list(locals.map((type) => [1, TYPE_CODES[type]]));
    this.#functions.push({
      exported,
      type: [0x60, ...list(parameters.map(() => [TYPE_CODES.i32])), 0],
      body: sized([...declared, ...flattened(code), 0x0b]),
    });
    return this.#functions.length - 1;
  }

  /** @param shared  whether the memory is one that threads share. */
  bytes(shared = false): Uint8Array<ArrayBuffer> {
    const section = (id: number, content: readonly number[]) => [id, ...sized(content)];
    const exports = this.#functions.flatMap(({ exported }, i) =>
      exported === undefined ? [] : [[...text(exported), 0x00, ...unsigned(i)]],
    );
    const limits = shared ? [0x03, 0, ...unsigned(MOST_PAGES)] : [0x00, 0];
    const memory = [...text("heap"), ...text("memory"), 0x02, ...limits];
    return Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, list(this.#functions.map(({ type }) => type))),
      ...section(2, list([memory])),
      ...section(3, list(this.#functions.map((_, i) => unsigned(i)))),
      ...section(7, list(exports)),
      ...section(10, list(this.#functions.map(({ body }) => body))),
    ]);
  }
}
