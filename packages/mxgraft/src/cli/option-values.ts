import { InvalidArgumentError } from "commander";
import type { RowRange } from "../digits/digit-set.ts";

/** Readers of option values for commander, which puts the name of the option before the message. */

function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** An integer of at least `min`. */
export function integerFrom(min: number): (text: string) => number {
  return (text) => {
    const value = numberOf(text);
    if (Number.isSafeInteger(value) && value >= min) return value;
    throw new InvalidArgumentError(`Expected an integer of ${min} or more.`);
  };
}

/** A number, at least `min`, or above it. */
export function numberFrom(min: number, { above = false } = {}): (text: string) => number {
  return (text) => {
    const value = numberOf(text);
    if (Number.isFinite(value) && (above ? value > min : value >= min)) return value;
    throw new InvalidArgumentError(`Expected a number ${above ? "above" : "of at least"} ${min}.`);
  };
}

/** A number in (0, 1]. */
export function factor(text: string): number {
  const value = numberOf(text);
  if (value > 0 && value <= 1) return value;
  throw new InvalidArgumentError("Expected a number above 0, at most 1.");
}

/** `0:8000`: rows from the first number up to, not including, the second. */
export function rowRange(text: string): RowRange {
  const match = /^(\d+):(\d+)$/.exec(text.trim());
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  if (match !== null && Number.isSafeInteger(to) && from < to) return [from, to];
  throw new InvalidArgumentError("Expected FROM:TO with FROM below TO, such as 0:8000.");
}

/** `123.68,116.78,103.94`: numbers, one or more. */
export function numberList(text: string): number[] {
  const numbers = text.split(",").map(numberOf);
  if (numbers.every(Number.isFinite)) return numbers;
  throw new InvalidArgumentError("Expected numbers such as 123.68,116.78,103.94.");
}

/** The same for divisors. */
export function divisorList(text: string): number[] {
  const numbers = numberList(text);
  if (numbers.every((number) => number > 0)) return numbers;
  throw new InvalidArgumentError("Expected numbers above 0 such as 58.4,57.1,57.4.");
}
