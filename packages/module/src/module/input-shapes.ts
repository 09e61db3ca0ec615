import { type DType, didYouMean, formatShape, type Shape, UsageError } from "@mxgraft/base";

/** Name, shape and type of an input; what an iterator's `provideData` lists, or less. */
export interface InputShape {
  readonly name: string;
  readonly shape: Shape;
  /** Default float32. */
  readonly dtype?: DType;
}

/** Shapes of the inputs: a list, or by name. */
export type InputShapes = readonly InputShape[] | Readonly<Record<string, Shape>>;

function isList(shapes: InputShapes): shapes is readonly InputShape[] {
  return Array.isArray(shapes);
}

/** The shapes as a list, with nothing more in an entry than what an `InputShape` holds. */
export function listShapes(shapes: InputShapes): InputShape[] {
  const list = isList(shapes) ? shapes : Object.entries(shapes).map(([name, shape]) => ({ name, shape }));
  return list.map(({ name, shape, dtype = "float32" }: InputShape) => ({ name, shape, dtype }));
}

/**
 * That exactly the named inputs are described.
 *
 * @param what  "data" or "label".
 * @throws UsageError  a name is missing or is none of them.
 */
export function checkInputNames(what: string, names: readonly string[], shapes: readonly InputShape[]): void {
  const given = shapes.map(({ name }) => name);
  const missing = names.filter((name) => !given.includes(name));
  const extra = given.filter((name) => !names.includes(name));
  const [first] = [...extra, ...missing];
  if (first === undefined) return;
  const found = shapes.map(({ name, shape }) => `"${name}" ${formatShape(shape)}`).join(", ") || "none";
  const hint = extra[0] === undefined ? "" : didYouMean(extra[0], names);
  throw new UsageError(
    `The ${what} shapes are ${found}, expected those of ${what}Names: ${names.map((name) => `"${name}"`).join(", ") || "none"}.${hint}`,
    { argument: `${what}Shapes`, expected: names, actual: given },
  );
}
