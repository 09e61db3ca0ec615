import { float32Array, type HostArray, hostArray, Random, RegistryError, ShapeError, UsageError } from "@mxgraft/base";
import { describe, expect, test } from "vitest";
import { Constant } from "../src/initializer/constant.ts";
import { createInitializer, registerInitializer } from "../src/initializer/create-initializer.ts";
import { InitDesc } from "../src/initializer/init-desc.ts";
import { Initializer, type ParameterInitializer } from "../src/initializer/initializer.ts";
import { Load } from "../src/initializer/load.ts";
import { Mixed } from "../src/initializer/mixed.ts";
import { Normal } from "../src/initializer/normal.ts";
import { One } from "../src/initializer/one.ts";
import { Xavier } from "../src/initializer/xavier.ts";
import { Zero } from "../src/initializer/zero.ts";
import fusedRNNs from "./cases/fused-rnn.json" with { type: "json" };
import golden from "./cases/initializers.json" with { type: "json" };

const exact = [
  golden.exact_Zero,
  golden.exact_One,
  golden.exact_Constant,
  golden.exact_Bilinear_4,
  golden.exact_Bilinear_odd,
  golden.exact_Bilinear_full,
  golden.exact_LSTMBias,
];

function weightOf(initializer: Initializer, shape: readonly number[], seed = 1): Float32Array {
  const array = hostArray("float32", shape);
  initializer.initWeight("w", array, new Random(seed));
  return array.data;
}

/** What an initializer writes into an array of 77s: one number, "random", the values, or "error". */
function written(initializer: ParameterInitializer, desc: InitDesc | string, shape: readonly number[]) {
  const array: HostArray<"float32"> = hostArray("float32", shape);
  array.data.fill(77);
  try {
    initializer.initialize(desc, array, new Random(3));
  } catch (error) {
    if (error instanceof UsageError || error instanceof RegistryError || error instanceof ShapeError) return "error";
    throw error;
  }
  const values = [...array.data];
  if (values.every((value) => value === values[0])) return values[0];
  return values;
}

function shapeFor(name: string): number[] {
  if (name === "stn_loc_bias") return [6];
  return name.includes("upsampling") ? [2, 1, 4, 4] : [2, 3];
}

test.for(exact)("$description writes MXNet's values", ({ dumps, shape, value }) => {
  const initializer = createInitializer(dumps);
  expect(initializer.dumps()).toBe(dumps);
  expect([...weightOf(initializer, shape)]).toEqual(value.values);
});

test.for(Object.entries(golden.default_rules.plain_string_names_with_Constant_5))(
  "the plain name %s follows the old rules",
  ([name, expected]) => {
    const found = written(new Constant(5), name, shapeFor(name));
    const values = Array.isArray(expected) && !Array.isArray(found) ? expected.map(() => found) : found;
    expect(values).toEqual(
      Array.isArray(expected) && name.startsWith("upsampling") ? [...expected, ...expected] : expected,
    );
  },
);

describe.for(Object.entries(golden.default_rules.rules))("the name %s", ([name, byInitializer]) => {
  test.for(Object.entries(byInitializer))("decides what %s writes", ([initializer, expected]) => {
    const found = written(createInitializer(initializer), new InitDesc(name), name === "stn_loc_bias" ? [6] : [2, 3]);
    if (name === "q_weight_quantize") {
      // Random integers; MXNet's are others, and -127..126 is what it draws from.
      expect(found).toSatisfy(
        (all) => Array.isArray(all) && all.every((v) => Number.isInteger(v) && Math.abs(v) < 128),
      );
    } else if (expected === "random" || Array.isArray(expected)) {
      expect(new Set(Array.isArray(found) ? found : []).size).toBe(6);
    } else expect(found).toEqual(expected);
  });
});

test.for(Object.entries(golden.init_attr.cases))("__init__ wins over the initializer: %s", ([, example]) => {
  const desc = new InitDesc(example.name, new Map([["__init__", example.__init__]]));
  const expected = "value" in example ? example.value.flat()[0] : "error";
  expect(written(new One(), desc, [2, 2])).toEqual(expected);
});

const [weight, center] = [new Constant(2), new Constant(3)];
test.for(Object.entries(golden.mixed.patterns_of_the_seed_with_constants_2_and_3))(
  "the original patterns choose for %s as in MXNet",
  ([name, expected]) => {
    const mixed = new Mixed(["fc", ".*"], [weight, center]);
    expect(written(mixed, new InitDesc(name), [2, 3])).toEqual(expected);
  },
);

test("Mixed matches at the start of the name, first pattern first", () => {
  const mixed = new Mixed(["weight", "a_.*", "a_weight"], [new Constant(1), new Constant(4), new Constant(9)]);
  expect(written(mixed, new InitDesc("a_weight"), [1])).toBe(4);
  expect(() => mixed.initialize(new InitDesc("b_weight"), hostArray("float32", [1]), new Random(0))).toThrow(
    'Parameter "b_weight" matches none of the 3 patterns of Mixed. Add ".*" at the end for the rest.',
  );
  expect(() => new Mixed(["a"], [])).toThrow("Mixed has 1 patterns and 0 initializers; expected one for each pattern.");
});

test("Load takes arrays by name with or without prefix, and says what it cannot", () => {
  const load = new Load(new Map([["arg:fc_weight", float32Array([2, 2], [6, 6, 6, 6])]]));
  const params = new Map([["fc_weight", float32Array([2, 2], [6, 6, 6, 6])]]);
  expect(written(load, new InitDesc("fc_weight"), [2, 2])).toBe(6);
  expect(written(new Load(params), "fc_weight", [2, 2])).toBe(6);
  expect(written(new Load(params, { defaultInit: new Zero() }), new InitDesc("fc_bias"), [2])).toBe(0);
  expect(() => load.initialize("fc_bias", hostArray("float32", [2]), new Random(0))).toThrow(
    'Parameter "fc_bias" is not among the 1 loaded arrays. Pass a defaultInit for those that are missing.',
  );
  expect(() => load.initialize("fc_weight", hostArray("float32", [2, 3]), new Random(0))).toThrow(
    'Parameter "fc_weight" has shape (2, 3), the loaded array (2, 2); expected the same.',
  );
});

/** Mean, deviation and range of what is drawn agree with MXNet's draw of the same size. */
test.for(golden.random.samples)("$initializer $params on $shape has MXNet's moments", (sample) => {
  const values = weightOf(createInitializer(sample.initializer, sample.params), sample.shape);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  expect(Math.abs(mean)).toBeLessThan((5 * sample.std) / Math.sqrt(values.length));
  expect(Math.abs(deviation / sample.std - 1)).toBeLessThan(0.02);
  if ("scale" in sample && sample.params.rnd_type === "uniform") {
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeLessThanOrEqual(Math.fround(sample.scale));
    expect(largest).toBeGreaterThan(sample.scale * 0.99);
  }
});

test.for(golden.orthogonal.samples)(
  "Orthogonal $rand_type on $shape is orthogonal",
  ({ shape, rand_type, scale, gram_diagonal }) => {
    const values = weightOf(createInitializer("orthogonal", { rand_type, scale }), shape);
    const rows = shape[0] ?? 0;
    const columns = values.length / rows;
    const wide = rows <= columns;
    const at = (vector: number, i: number) => values[wide ? vector * columns + i : i * columns + vector] ?? 0;
    for (let a = 0; a < Math.min(rows, columns); a++) {
      for (let b = 0; b <= a; b++) {
        let dot = 0;
        for (let i = 0; i < Math.max(rows, columns); i++) dot += at(a, i) * at(b, i);
        expect(dot).toBeCloseTo(a === b ? gram_diagonal : 0, 5);
      }
    }
  },
);

test.for(Object.entries(golden.registry.names))("%s is found by name as in MXNet", ([name, dumps]) => {
  const make = () => createInitializer(name, name === "constant" ? { value: 2 } : {});
  if (dumps === "error") expect(make).toThrow(RegistryError);
  else expect(make().dumps()).toBe(dumps);
});

/** Writes its place and the width of the array, so that every part of a vector shows. */
class Place extends Initializer {
  constructor() {
    super("place");
  }
  override initWeight(_name: string, array: HostArray): void {
    for (let i = 0; i < array.data.length; i++) array.data[i] = i + 100 * (array.shape[1] ?? 0);
  }
}

test.for(fusedRNNs)("the vector of $numLayers layers of $mode is filled part by part, as in MXNet", (example) => {
  const whole = createInitializer(example.dumps);
  expect(whole.dumps()).toBe(example.dumps);
  expect([...weightOf(whole, [example.length])]).toEqual(example.one);
  // Without an initializer of its own, that of the network fills the weights.
  const attribute = createInitializer("fusedrnn", { ...example.options }).dumps();
  const desc = new InitDesc("rnn_parameters", new Map([["__init__", attribute]]));
  expect(written(new Place(), desc, [example.length])).toEqual(example.where);
  expect(() => weightOf(whole, [example.length + 1])).toThrow("elements, which no");
});

test("the same seed gives the same weights", () => {
  expect(weightOf(new Normal(1), [4], 7)).toEqual(weightOf(new Normal(1), [4], 7));
  expect(weightOf(new Normal(1), [4], 7)).not.toEqual(weightOf(new Normal(1), [4], 8));
});

test("an initializer of one's own is found by name and in __init__", () => {
  class Half extends Initializer {
    constructor() {
      super("half");
    }
    override initWeight(_name: string, array: HostArray): void {
      array.data.fill(0.5 as never);
    }
  }
  registerInitializer("half", () => new Half(), { replace: true });
  expect(written(new Zero(), new InitDesc("x", new Map([["__init__", "half"]])), [2])).toBe(0.5);
  expect(() => registerInitializer("half", () => new Half())).toThrow(
    'Initializer "half" is registered already. Pass { replace: true } if that is meant.',
  );
});

test.for([
  [() => createInitializer("xavir"), 'Initializer "xavir" is not registered. Did you mean "xavier"?'],
  [
    () => createInitializer("xavier", { magnitud: 2 }),
    'Initializer "xavier": option "magnitud" is not known (it takes rndType, factorType, magnitude). Did you mean "magnitude"?',
  ],
  [
    () => createInitializer("xavier", { factor_type: "both" }),
    'Initializer "xavier": option "factorType" is "both", expected one of "avg", "in", "out".',
  ],
  [() => createInitializer("constant"), 'Initializer "constant": option "value" is missing, expected a number'],
  [() => createInitializer('["xavier"'), 'Initializer ["xavier" is not JSON'],
  [
    () => weightOf(new Xavier(), [4]),
    'Parameter "w" has shape (4,), expected at least two axes for Xavier: its scale comes from how many inputs and outputs a weight connects.',
  ],
  [
    () => weightOf(new Constant({ value: [[1, 2]] }), [2, 1]),
    'Parameter "w" has shape (2, 1), the constant for it (1, 2); expected the same, or one number.',
  ],
  [
    () => new Zero().initialize(new InitDesc("alpha"), hostArray("float32", [1]), new Random(0)),
    'Parameter "alpha": no rule of the initializer "zero" fits its name, expected one that ends in weight, bias, gamma, beta, min or max.',
  ],
] as const)("%# says what is wrong", ([call, message]) => {
  expect(call).toThrow(message);
});
