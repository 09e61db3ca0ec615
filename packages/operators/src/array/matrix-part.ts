import { ShapeError } from "@mxgraft/base";
import { type AttributesOf, boolean, defaulted, defineOperator, integer, type OperatorSpec } from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";
import { requireSquare } from "./square-matrices.ts";

const offset = { offset: defaulted(integer(), 0, "which diagonal: above the main one, or below it under 0") };

/** Attributes of the operators on diagonals. */
export const diagonalPartAttributes = offset;
/** Attributes of the operators on triangles. */
export const triangularPartAttributes = {
  ...offset,
  lower: defaulted(boolean, true, "at offset 0, which triangle"),
};

export type DiagonalPartAttributes = AttributesOf<typeof diagonalPartAttributes>;
export type TriangularPartAttributes = AttributesOf<typeof triangularPartAttributes>;

/** The places, row * n + column, of a diagonal of a matrix with n rows. */
export function diagonalPlaces({ offset }: DiagonalPartAttributes, n: number): number[] {
  const count = Math.max(n - Math.abs(offset), 0);
  const first = offset >= 0 ? offset : -offset * n;
  return Array.from({ length: count }, (_, i) => first + i * (n + 1));
}

/** The places of a triangle, in the order its elements are packed: a lower one by rows, an upper one by columns. */
export function triangularPlaces({ offset, lower }: TriangularPartAttributes, n: number): number[] {
  const isLower = offset < 0 || (offset === 0 && lower);
  const indices = Array.from({ length: n }, (_, i) => i);
  const distance = Math.abs(offset);
  return indices.flatMap((i) => indices.filter((j) => j + distance <= i).map((j) => (isLower ? i * n + j : j * n + i)));
}

interface MatrixPart<A> {
  readonly name: string;
  readonly attributes: Parameters<typeof defineOperator<A & object>>[0]["attributes"];
  readonly places: (attributes: A, n: number) => readonly number[];
}

/** Takes the elements at some places out of each matrix of a stack. */
export function extractedPart<A extends object>({ name, attributes, places }: MatrixPart<A>): OperatorSpec<A> {
  return defineOperator<A>({
    name: `_${name}`,
    aliases: [name],
    attributes,
    arguments: ["A"],
    backwardReads: readsNothing,
    inferShape(given, { arguments: [a] }) {
      requireSquare("A", a);
      return a ? { outputs: [[...a.slice(0, -2), places(given, a.at(-1) ?? 0).length]] } : {};
    },
  });
}

interface FilledPart<A> extends MatrixPart<A> {
  /** The rows of a matrix whose part at offset 0 has so many numbers; a fraction where there is none. */
  readonly rows: (count: number) => number;
}

/** Rows of a triangle of so many numbers: rows (rows + 1) / 2 = count. */
export const triangleRows = (count: number): number => (Math.sqrt(8 * count + 1) - 1) / 2;

/** Puts numbers to some places of matrices that are 0 elsewhere. */
export function madeFromPart<A extends DiagonalPartAttributes>(part: FilledPart<A>): OperatorSpec<A> {
  return defineOperator<A>({
    name: `_${part.name}`,
    aliases: [part.name],
    attributes: part.attributes,
    arguments: ["A"],
    backwardReads: readsNothing,
    inferShape(given, { arguments: [a] }) {
      if (!a || a.length === 0 || a.at(-1) === 0) return {};
      const rows = part.rows(a.at(-1) ?? 0);
      if (!Number.isInteger(rows)) {
        throw new ShapeError(`argument "A" has ${a.at(-1)} numbers in its last axis, which fill no triangle.`, {
          argument: "A",
          actual: a,
        });
      }
      const n = rows + Math.abs(given.offset);
      return { outputs: [[...a.slice(0, -1), n, n]] };
    },
  });
}
