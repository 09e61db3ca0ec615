import { decodeMessage, findOperatorDefinition, GRAPH_TYPE_NUMBERS, operatorDefinition } from "@mxgraft/graphdef";
import { nativeDefinitions } from "@mxgraft/operator";
import { describe, expect, test } from "vitest";
import recorded from "../cases/op-list.json" with { type: "json" };

interface RecordedArgument {
  readonly name: string;
  readonly type?: number;
  readonly type_attr?: string;
  readonly number_attr?: string;
}

interface RecordedOperator {
  readonly name: string;
  readonly input_arg: readonly RecordedArgument[];
  readonly output_arg: readonly RecordedArgument[];
  readonly attr: readonly {
    readonly name: string;
    readonly type: string;
    readonly default_value?: { type?: number };
  }[];
  readonly is_stateful?: boolean;
}

const { op: operators } = decodeMessage("OpList", Buffer.from(recorded.bytes, "base64")) as { op: RecordedOperator[] };

describe("definitions are TensorFlow's", () => {
  test.for(operators.filter(({ name }) => name !== "IdentityN"))("$name", (expected) => {
    const { inputs, outputs, attributes, stateful } = operatorDefinition(expected.name);
    const recordedForm = ({ name, type, countAttribute }: (typeof inputs)[number]) => ({
      name,
      ...("fixed" in type && { type: GRAPH_TYPE_NUMBERS[type.fixed] }),
      ...("attribute" in type && { type_attr: type.attribute }),
      ...(countAttribute !== undefined && { number_attr: countAttribute }),
    });
    expect(inputs.map(recordedForm)).toEqual(expected.input_arg.map((one) => ({ ...one })));
    expect(outputs.map(recordedForm)).toEqual(expected.output_arg.map((one) => ({ ...one })));
    expect(stateful).toBe(expected.is_stateful ?? false);
    expect([...attributes].map(([name, { kind, optional }]) => ({ name, kind, optional }))).toEqual(
      expected.attr.map(({ name, type, default_value }) => ({
        name,
        kind: type,
        optional: default_value !== undefined,
      })),
    );
    for (const { name, default_value } of expected.attr) {
      const type = attributes.get(name)?.defaultType;
      if (type !== undefined) expect(GRAPH_TYPE_NUMBERS[type]).toBe(default_value?.type);
    }
  });
});

test("plug-ins bring the definitions of their native operators", () => {
  expect(findOperatorDefinition("TestScale")).toBeUndefined();
  nativeDefinitions.register(
    "TestScale(table: resource, parts: N * T, rest: [Ts], by: float32) -> (all: T, ids: int32) {N: int, T: type, Ts: list(type), exact?: bool} stateful",
  );
  expect(operatorDefinition("TestScale")).toEqual({
    name: "TestScale",
    inputs: [
      { name: "table", type: { fixed: "resource" } },
      { name: "parts", type: { attribute: "T" }, countAttribute: "N" },
      { name: "rest", type: { listAttribute: "Ts" } },
      { name: "by", type: { fixed: "float32" } },
    ],
    outputs: [
      { name: "all", type: { attribute: "T" } },
      { name: "ids", type: { fixed: "int32" } },
    ],
    attributes: new Map([
      ["N", { kind: "int", optional: false }],
      ["T", { kind: "type", optional: false }],
      ["Ts", { kind: "list(type)", optional: false }],
      ["exact", { kind: "bool", optional: true }],
    ]),
    stateful: true,
  });
});

test("two packages cannot define one operator differently", () => {
  nativeDefinitions.register("TestTwice(x: float32) -> (y: float32) {}");
  nativeDefinitions.register("TestTwice(x: float32) -> (y: float32) {}");
  expect(() => nativeDefinitions.register("TestTwice(x: int32) -> (y: int32) {}")).toThrow(
    /"TestTwice" is defined already/,
  );
});

test("an unknown operator is named, with what may be meant", () => {
  expect(() => operatorDefinition("Conv2d")).toThrow(/"Conv2d" has no definition here\. Did you mean "Conv2D"/);
});
