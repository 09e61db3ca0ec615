import { FormatError, type HostArray, type Shape } from "@mxgraft/base";
import { readSafetensors } from "@mxgraft/files";
import type { Tolerance } from "./comparison.ts";
import type { FileSource } from "./file-source.ts";

/** Plain data from a case file, of which nothing is known until it is looked at. */
export type Facts = Readonly<Record<string, unknown>>;

export function isFacts(value: unknown): value is Facts {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/**
 * One golden case: the folder `GROUP/NAME` with its case.json and arrays. Nothing in it is trusted: every look at a
 * field checks what is there.
 */
export class GoldenCase {
  readonly group: string;
  readonly name: string;
  readonly facts: Facts;
  readonly #files: FileSource;
  #tensors: ReadonlyMap<string, HostArray> | undefined;

  constructor(files: FileSource, group: string, name: string) {
    this.group = group;
    this.name = name;
    this.#files = files;
    const parsed: unknown = JSON.parse(decode(this.file("case.json")));
    if (!isFacts(parsed)) throw new FormatError(`${group}/${name}/case.json holds no object.`);
    this.facts = parsed;
  }

  get id(): string {
    return `${this.group}/${this.name}`;
  }

  /** The operator the case is about, for reports. */
  get operator(): string {
    const [first = this.name] = this.name.split("/");
    return first;
  }

  get tensors(): ReadonlyMap<string, HostArray> {
    if (this.#tensors === undefined) {
      const bytes = this.findFile("tensors.safetensors");
      this.#tensors = bytes === undefined ? new Map() : readSafetensors(bytes).tensors;
    }
    return this.#tensors;
  }

  /** The bytes of a file in the case's own folder, `undefined` if it is not there. */
  findFile(name: string): Uint8Array | undefined {
    if (name === "" || name.includes("/") || name.includes("\\") || name === "..") {
      throw new FormatError(`${this.id}: "${name}" is no name of a file in the case's folder.`);
    }
    return this.#files.read(`${this.group}/${this.name}/${name}`);
  }

  /** The bytes of a file that the case must have. */
  file(name: string): Uint8Array {
    const bytes = this.findFile(name);
    if (bytes === undefined) throw new FormatError(`${this.id}: file "${name}" is missing.`, { argument: name });
    return bytes;
  }

  get symbolJson(): string {
    return decode(this.file("symbol.json"));
  }

  get tolerance(): Tolerance {
    const given = this.facts.tolerance;
    const { rtol, atol } = isFacts(given) ? given : { rtol: 0, atol: 0 };
    if (typeof rtol !== "number" || typeof atol !== "number")
      throw new FormatError(`${this.id}: tolerance has no rtol and atol.`);
    return { rtol, atol };
  }

  /** A tensor the case must have. */
  tensor(name: string): HostArray {
    const found = this.tensors.get(name);
    if (!found) throw new FormatError(`${this.id}: tensor "${name}" is missing.`, { argument: name });
    return found;
  }

  /** Tensors whose names begin with `prefix:`, by the rest of the name. */
  withPrefix(prefix: string): [name: string, array: HostArray][] {
    const start = `${prefix}:`;
    return [...this.tensors]
      .filter(([name]) => name.startsWith(start))
      .map(([name, array]) => [name.slice(start.length), array]);
  }

  number(key: string): number {
    const value = this.facts[key];
    if (typeof value !== "number") throw new FormatError(`${this.id}: "${key}" is no number.`, { argument: key });
    return value;
  }

  text(key: string): string | undefined {
    const value = this.facts[key];
    return typeof value === "string" ? value : undefined;
  }

  /** An object field; empty when it is not there. */
  object(key: string): Facts {
    const value = this.facts[key];
    return isFacts(value) ? value : {};
  }

  list(key: string): readonly unknown[] {
    const value = this.facts[key];
    return Array.isArray(value) ? value : [];
  }

  names(key: string): string[] {
    return this.list(key).filter((name) => typeof name === "string");
  }

  /** An object of shapes. */
  shapes(key: string): Record<string, Shape> {
    const shapes: Record<string, Shape> = Object.create(null);
    for (const [name, value] of Object.entries(this.object(key))) {
      if (!Array.isArray(value) || !value.every((axis) => Number.isInteger(axis))) {
        throw new FormatError(`${this.id}: the shape of "${name}" in "${key}" is no list of integers.`);
      }
      shapes[name] = value;
    }
    return shapes;
  }

  /** What mxgraft does where MXNet fails or is unsafe: `"error"`, `"value"` or `"any"`. */
  get ours(): "error" | "value" | "any" | undefined {
    return oursOf(this.facts);
  }
}

export function oursOf(facts: Facts): "error" | "value" | "any" | undefined {
  const ours = facts.ours;
  if (!isFacts(ours)) return undefined;
  if (ours.error === true) return "error";
  if (ours.value === true) return "value";
  return ours.any === true ? "any" : undefined;
}

/** A number of a case file, where JSON has no NaN and no infinities. */
export function numberOf(value: unknown): number {
  switch (value) {
    case "NaN":
      return Number.NaN;
    case "Infinity":
      return Number.POSITIVE_INFINITY;
    case "-Infinity":
      return Number.NEGATIVE_INFINITY;
    default:
      if (typeof value === "number") return value;
      throw new FormatError(`${JSON.stringify(value)} is no number of a case file.`);
  }
}
