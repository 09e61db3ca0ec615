import { AttributeError, RegistryError, type Shape, ShapeError } from "@mxgraft/base";
import {
  atNode,
  CustomOp,
  CustomOpProp,
  customOperators,
  defineOperator,
  OperatorRegistry,
  operators,
  register,
  resolveOperator,
  sameType,
  specOfProp,
} from "@mxgraft/operator";
import { describe, expect, test } from "vitest";

const toy = (name: string, aliases: readonly string[] = []) =>
  defineOperator({ name, aliases, attributes: {}, inferShape: () => ({}) });

describe("OperatorRegistry", () => {
  test("finds an operator by name and alias", () => {
    const registry = new OperatorRegistry("Operator", "");
    const spec = toy("elemwise_add", ["_plus"]);
    registry.register(spec);
    expect(registry.get("_plus")).toBe(spec);
  });

  test("the same spec may be registered again", () => {
    const registry = new OperatorRegistry("Operator", "");
    const spec = toy("a");
    registry.register(spec);
    expect(() => registry.register(spec)).not.toThrow();
  });

  test("refuses a second operator of one name, naming both origins", () => {
    const registry = new OperatorRegistry("Operator", "");
    registry.register(toy("centerloss"), { origin: "@mxgraft/center-loss 0.1.0" });
    const again = () => registry.register(toy("centerloss"), { origin: "./my-op.ts" });
    expect(again).toThrow(RegistryError);
    expect(again).toThrow(
      'Operator "centerloss" is registered twice, by @mxgraft/center-loss 0.1.0 and by ./my-op.ts. Pass { replace: true } if that is meant.',
    );
    const replacement = toy("centerloss");
    registry.register(replacement, { replace: true });
    expect(registry.get("centerloss")).toBe(replacement);
  });

  test("suggests near names", () => {
    operators.register(toy("Convolution"), { replace: true });
    expect(() => operators.get("Convolutoin")).toThrow(
      'Operator "Convolutoin" is not registered. Did you mean "Convolution"? Built-in operators come from "@mxgraft/operators"',
    );
  });
});

class Doubling extends CustomOp {
  forward(): void {}
}

/** Takes `times` as the text the graph holds. */
class DoublingProp extends CustomOpProp {
  readonly times: number;

  constructor({ times }: { readonly times?: string }) {
    super({ needTopGrad: false });
    this.times = Number(times);
    if (Number.isNaN(this.times)) throw new Error(`times is ${times}`);
  }

  override listArguments() {
    return ["data", "label"];
  }

  override listAuxiliaryStates() {
    return ["count"];
  }

  override inferShape([data = []]: readonly Shape[]) {
    return { inShape: [data, [data[0] ?? 0]], outShape: [[this.times]], auxShape: [[1]] };
  }

  createOperator() {
    return new Doubling();
  }
}

describe("specOfProp", () => {
  const spec = specOfProp("doubling", DoublingProp);
  const prop = spec.parse(new Map([["times", "3"]]));

  test("names and dependencies are those of the prop", () => {
    expect(spec.arguments(prop)).toEqual(["data", "label"]);
    expect(spec.outputs(prop)).toEqual(["output"]);
    expect(spec.auxiliaryStates(prop)).toEqual(["count"]);
    expect(spec.needsHeadGradient(prop)).toBe(false);
    expect(spec.backwardReads(prop)).toEqual({ arguments: [0, 1], outputs: [0] });
  });

  test("shapes come from inferShape once the first argument is known", () => {
    const unknown = { arguments: [undefined, undefined], outputs: [undefined], auxiliaryStates: [undefined] };
    expect(spec.inferShape(prop, unknown)).toEqual({});
    expect(spec.inferShape(prop, { ...unknown, arguments: [[4, 2], undefined] })).toEqual({
      arguments: [[4, 2], [4]],
      outputs: [[3]],
      auxiliaryStates: [[1]],
    });
  });

  test("a constructor that fails is an error, not the end of the process", () => {
    expect(() => spec.parse(new Map([["times", "x"]]))).toThrow(AttributeError);
    expect(() => spec.parse(new Map([["times", "x"]]))).toThrow(
      "the constructor of its CustomOpProp failed: times is x",
    );
  });

  test("a wrong number of shapes is named", () => {
    class Short extends DoublingProp {
      override inferShape() {
        return { inShape: [[1]], outShape: [[1]], auxShape: [[1]] };
      }
    }
    const short = specOfProp("short", Short);
    const infer = () =>
      short.inferShape(short.parse(new Map([["times", "1"]])), {
        arguments: [[4, 2], undefined],
        outputs: [undefined],
        auxiliaryStates: [undefined],
      });
    expect(infer).toThrow(ShapeError);
    expect(infer).toThrow("inferShape() gives 1 shapes of arguments, expected 2: data, label.");
  });
});

describe("resolveOperator", () => {
  test("a Custom node is the operator its op_type names", () => {
    register("doubling", DoublingProp, { replace: true });
    const resolved = resolveOperator(
      "Custom",
      new Map([
        ["op_type", "doubling"],
        ["times", "2"],
      ]),
    );
    expect(resolved.spec).toBe(customOperators.get("doubling"));
    expect(resolved.custom).toBe(true);
    expect(resolved.attributes).toBeInstanceOf(DoublingProp);
  });

  test("a Custom node without op_type, or with an unknown one, is refused", () => {
    expect(() => resolveOperator("Custom", new Map())).toThrow('attribute "op_type" is missing');
    expect(() => resolveOperator("Custom", new Map([["op_type", "doublin"]]))).toThrow(
      'Custom operator "doublin" is not registered. Did you mean "doubling"?',
    );
  });
});

describe("atNode", () => {
  test("puts node and operator before the message and into the facts", () => {
    const run = () =>
      atNode("loss0", "centerloss", () => {
        throw new ShapeError('argument "label" has shape (128, 1).', { argument: "label" });
      });
    expect(run).toThrow(ShapeError);
    try {
      run();
    } catch (error) {
      expect(error).toMatchObject({
        message: 'loss0 (centerloss): argument "label" has shape (128, 1).',
        facts: { node: "loss0", operator: "centerloss", argument: "label" },
      });
    }
  });

  test("leaves foreign errors alone", () => {
    const foreign = new TypeError("not ours");
    expect(() =>
      atNode("n", "o", () => {
        throw foreign;
      }),
    ).toThrow(foreign);
  });
});

test("sameType spreads the one type that is known", () => {
  const known = { arguments: [undefined, "int32"], outputs: [undefined], auxiliaryStates: [] } as const;
  expect(sameType(known)).toEqual({ arguments: ["int32", "int32"], outputs: ["int32"], auxiliaryStates: [] });
});
