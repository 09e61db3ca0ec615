import { expect, test } from "vitest";
import { definitionLine } from "../op-definitions/definition-line.ts";

const types = (type: number) => ({ 1: "float32", 3: "int32", 9: "int64", 20: "resource" })[type] ?? `other${type}`;

test("a definition is one line: arguments, lists, defaults of types, optional attributes, state", () => {
  const op = {
    name: "Everything",
    input_arg: [
      { name: "handle", type: 20 },
      { name: "parts", type_attr: "T", number_attr: "N" },
      { name: "rest", type_list_attr: "Ts" },
    ],
    output_arg: [{ name: "places", type_attr: "out" }],
    attr: [
      { name: "T", type: "type" },
      { name: "N", type: "int" },
      { name: "Ts", type: "list(type)" },
      { name: "out", type: "type", default_value: { type: 9 } },
      { name: "body", type: "func" },
      { name: "exact", type: "bool", default_value: {} },
    ],
    is_stateful: true,
  };
  expect(definitionLine(op, types)).toBe(
    "Everything(handle: resource, parts: N * T, rest: [Ts]) -> (places: out) " +
      "{T: type, N: int, Ts: list(type), out: type = int64, body: other, exact?: bool} stateful",
  );
});

test("nothing is a definition, too", () => {
  const op = { name: "NoOp", input_arg: [], output_arg: [], attr: [] };
  expect(definitionLine(op, types)).toBe("NoOp() -> () {}");
});
