import { AttributeError } from "@mxgraft/base";
import {
  type AttributeType,
  type AttributeValue,
  boolean,
  defaulted,
  dtype,
  formatAttribute,
  integer,
  oneOf,
  optional,
  optionalTuple,
  parseAttributes,
  real,
  realTuple,
  required,
  tuple,
} from "@mxgraft/operator";
import { describe, expect, test } from "vitest";

describe("attribute types", () => {
  // Texts that occur in symbol.json files of MXNet; tuples also as old and new Pythons wrote them.
  test.for<[string, AttributeType<unknown>, string, unknown]>([
    ["integer", integer(), "64", 64],
    ["integer", integer(), "-1", -1],
    ["integer", integer(), "12L", 12],
    ["integer", integer(), "1.5", undefined],
    ["integer", integer(), "0x10", undefined],
    ["integer", integer(), "", undefined],
    ["integer", integer({ min: 1 }), "0", undefined],
    ["integer", integer(), "99999999999999", undefined],
    ["integer", integer({ max: 2 ** 40 }), "99999999999", 99999999999],
    ["real", real, "1e-05", 1e-5],
    ["real", real, "inf", Number.POSITIVE_INFINITY],
    ["real", real, "abc", undefined],
    ["real", real, "0b1", undefined],
    ["boolean", boolean, "True", true],
    ["boolean", boolean, "0", false],
    ["boolean", boolean, "yes", undefined],
    ["tuple", tuple, "(2, 2)", [2, 2]],
    ["tuple", tuple, "[3,3]", [3, 3]],
    ["tuple", tuple, "3", [3]],
    ["tuple", tuple, "(3L, 3L)", [3, 3]],
    ["tuple", tuple, "(5,)", [5]],
    ["tuple", tuple, "()", []],
    ["tuple", tuple, "(2,2", undefined],
    ["tuple", tuple, "(2,,2)", undefined],
    ["optionalTuple", optionalTuple, "(None, 2)", [null, 2]],
    ["realTuple", realTuple, "(0.1, 0.141)", [0.1, 0.141]],
    ["oneOf", oneOf("max", "avg"), "avg", "avg"],
    ["oneOf", oneOf("max", "avg"), "sum", undefined],
    ["dtype", dtype, "float16", "float16"],
    ["dtype", dtype, "float8", undefined],
    ["optional", optional(integer()), "None", null],
    ["optional", optional(integer()), "2", 2],
  ])("%s reads %s", ([, type, text, expected]) => {
    expect(type.parse(text)).toEqual(expected);
  });
});

describe("formatAttribute", () => {
  // As Python's str() writes them.
  test.for<[AttributeValue, string]>([
    [[2, 2], "(2, 2)"],
    [[5], "(5,)"],
    [[], "()"],
    [[null, 2], "(None, 2)"],
    [true, "True"],
    [false, "False"],
    [null, "None"],
    [0.5, "0.5"],
    [Number.POSITIVE_INFINITY, "inf"],
    ["tanh", "tanh"],
  ])("writes %j as %s", ([value, expected]) => {
    expect(formatAttribute(value)).toBe(expected);
  });
});

describe("parseAttributes", () => {
  const schema = {
    kernel: required(tuple),
    num_filter: required(integer({ min: 1 })),
    no_bias: defaulted(boolean, false),
  };

  test("fills defaults", () => {
    const parsed = parseAttributes(
      schema,
      new Map([
        ["kernel", "(3, 3)"],
        ["num_filter", "8"],
      ]),
    );
    expect(parsed).toEqual({ kernel: [3, 3], num_filter: 8, no_bias: false });
  });

  test.for([
    {
      name: "a bad value",
      raw: { kernel: "(2,2", num_filter: "8" },
      message: 'attribute "kernel" is "(2,2", expected a tuple of integers such as "(2, 2)".',
    },
    {
      name: "a missing one",
      raw: { kernel: "2" },
      message: 'attribute "num_filter" is missing, expected an integer >= 1.',
    },
    {
      name: "an unknown one",
      raw: { kernel: "2", num_filter: "8", numfilter: "9" },
      message:
        'attribute "numfilter" is not one of the operator\'s (it has "kernel", "num_filter", "no_bias"). Did you mean "num_filter"?',
    },
    {
      name: "all problems at once",
      raw: { kernel: "x", no_bias: "maybe" },
      message:
        'attribute "kernel" is "x", expected a tuple of integers such as "(2, 2)"; attribute "num_filter" is missing, expected an integer >= 1; attribute "no_bias" is "maybe", expected "True" or "False".',
    },
  ])("refuses $name", ({ raw, message }) => {
    const parse = () => parseAttributes(schema, new Map(Object.entries(raw)));
    expect(parse).toThrow(AttributeError);
    expect(parse).toThrow(message);
  });

  test("an attribute named __proto__ is only unknown", () => {
    const raw = new Map([
      ["kernel", "2"],
      ["num_filter", "8"],
      ["__proto__", "x"],
    ]);
    expect(() => parseAttributes(schema, raw)).toThrow('attribute "__proto__" is not one of the operator');
  });
});
