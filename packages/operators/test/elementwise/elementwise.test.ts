import { type Shape, ShapeError } from "@mxgraft/base";
import type { OperatorSpec } from "@mxgraft/operator";
import { expect, test } from "vitest";
import { addN } from "../../src/elementwise/add-n.ts";
import { broadcastAdd } from "../../src/elementwise/broadcast-add.ts";
import { elementwiseOperators } from "../../src/elementwise/elementwise-operators.ts";
import { elemwiseAdd } from "../../src/elementwise/elemwise-add.ts";
import { makeLossOfElements } from "../../src/elementwise/make-loss.ts";

const specs: Readonly<Record<string, OperatorSpec>> = elementwiseOperators;

test("every operator is listed under its own name, and no name or alias twice", () => {
  for (const [name, spec] of Object.entries(specs)) expect(spec.name).toBe(name);
  const names = Object.values(specs).flatMap((spec) => [spec.name, ...spec.aliases]);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

// What Python's operators call, and what older files say, by MXNet 1.9.1's own registry.
test.for([
  { alias: "_plus", name: "elemwise_add" },
  { alias: "_Plus", name: "elemwise_add" },
  { alias: "_Minus", name: "elemwise_sub" },
  { alias: "_Mul", name: "elemwise_mul" },
  { alias: "_Div", name: "elemwise_div" },
  { alias: "_PlusScalar", name: "_plus_scalar" },
  { alias: "_RDivScalar", name: "_rdiv_scalar" },
  { alias: "_Greater_Equal", name: "_greater_equal" },
  { alias: "_GreaterEqualScalar", name: "_greater_equal_scalar" },
  { alias: "ElementWiseSum", name: "add_n" },
  { alias: "identity", name: "_copy" },
  { alias: "stop_gradient", name: "BlockGrad" },
  { alias: "broadcast_plus", name: "broadcast_add" },
])("$alias is $name", ({ alias, name }) => {
  expect(Object.values(specs).find((spec) => spec.aliases.includes(alias))?.name).toBe(name);
});

interface Inference {
  readonly name: string;
  readonly spec: OperatorSpec;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly arguments: readonly (Shape | undefined)[];
  readonly output?: Shape;
  readonly expected: { readonly arguments?: readonly (Shape | undefined)[]; readonly output: Shape };
}

test.for<Inference>([
  {
    name: "the other argument of a sum",
    spec: elemwiseAdd,
    arguments: [[2, 0], undefined],
    output: [0, 3],
    expected: {
      arguments: [
        [2, 3],
        [2, 3],
      ],
      output: [2, 3],
    },
  },
  {
    name: "all arguments of add_n",
    spec: addN,
    attributes: { num_args: "3" },
    arguments: [undefined, [4], undefined],
    expected: { arguments: [[4], [4], [4]], output: [4] },
  },
  {
    name: "repeated axes",
    spec: broadcastAdd,
    arguments: [
      [2, 1, 4],
      [3, 1],
    ],
    expected: { output: [2, 3, 4] },
  },
  {
    name: "a repeated axis that is not known",
    spec: broadcastAdd,
    arguments: [
      [0, 4],
      [2, 4],
    ],
    expected: { output: [2, 4] },
  },
])("shapes give $name", ({ spec, attributes = {}, arguments: given, output, expected }) => {
  const parsed = spec.parse(new Map(Object.entries(attributes)));
  const shapes = spec.inferShape(parsed, { arguments: given, outputs: [output], auxiliaryStates: [] });
  expect(shapes.outputs).toEqual([expected.output]);
  if (expected.arguments) expect(shapes.arguments).toEqual(expected.arguments);
});

test("arrays that cannot be repeated to one shape are refused", () => {
  const known = {
    arguments: [
      [2, 3],
      [2, 4],
    ],
    outputs: [undefined],
    auxiliaryStates: [],
  };
  const infer = () => broadcastAdd.inferShape({}, known);
  expect(infer).toThrow(ShapeError);
  expect(infer).toThrow(
    'argument "rhs" has shape (2, 4), which cannot be repeated to fit "lhs" (2, 3): axis 1 has 4 and 3 elements.',
  );
});

test("names are MXNet's", () => {
  expect(addN.arguments({ num_args: 2 })).toEqual(["arg0", "arg1"]);
  expect(elemwiseAdd.arguments({})).toEqual(["lhs", "rhs"]);
  expect(makeLossOfElements.outputs({})).toEqual(["loss"]);
});
