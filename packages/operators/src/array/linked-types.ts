import type { PartialTypes } from "@mxgraft/operator";

/** Type inference where some arguments have the type of all outputs, and the others, indices say, one of their own. */
export function linkedTypes(known: PartialTypes, linked: readonly number[]): Partial<PartialTypes> {
  const given = [...linked.map((i) => known.arguments[i]), ...known.outputs];
  const found = given.find((type) => type !== undefined);
  return {
    arguments: known.arguments.map((type, i) => (linked.includes(i) ? (type ?? found) : type)),
    outputs: known.outputs.map((type) => type ?? found),
  };
}
