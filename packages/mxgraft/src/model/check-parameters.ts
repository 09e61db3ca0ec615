import type { HostArray, Shape } from "@mxgraft/base";
import type { VariableRole } from "./variable-roles.ts";

/** How the arrays of a file fit a graph. */
export interface ParameterCheck {
  /** Parameters and states of the graph that the file does not have. */
  readonly missing: readonly { readonly name: string; readonly shape: Shape | null }[];
  /** Arrays of the file that the graph has no use for. */
  readonly extra: readonly { readonly name: string; readonly shape: Shape }[];
  readonly wrongShape: readonly { readonly name: string; readonly shape: Shape; readonly expected: Shape }[];
}

/** @param shapeOf  what is known of the shape of a variable, from the inputs alone. */
export function checkParameters(
  roles: ReadonlyMap<string, VariableRole>,
  shapeOf: (name: string) => Shape | undefined,
  parameters: ReadonlyMap<string, HostArray>,
): ParameterCheck {
  const missing = [...roles].filter(
    ([name, role]) => (role === "parameter" || role === "state") && !parameters.has(name),
  );
  const wrongShape = [...parameters].flatMap(([name, { shape }]) => {
    const expected = roles.has(name) ? shapeOf(name) : undefined;
    return expected === undefined || agree(shape, expected) ? [] : [{ name, shape, expected }];
  });
  return {
    missing: missing.map(([name]) => ({ name, shape: shapeOf(name) ?? null })),
    extra: [...parameters].filter(([name]) => !roles.has(name)).map(([name, { shape }]) => ({ name, shape })),
    wrongShape,
  };
}

/** Sizes of 0 are not known and agree with any. */
function agree(shape: Shape, expected: Shape): boolean {
  return shape.length === expected.length && expected.every((size, i) => size === 0 || size === shape[i]);
}
