import { AttributeError, FormatError, float32Array, RegistryError, UsageError } from "@mxgraft/base";
import { expect, test, vi } from "vitest";
import { createScheduler } from "../src/lr-scheduler/create-scheduler.ts";
import { createOptimizer, listOptimizers, registerOptimizer } from "../src/optimizer/create-optimizer.ts";
import { SGD } from "../src/optimizer/sgd.ts";
import { Updater } from "../src/optimizer/updater.ts";
import golden from "./cases/optimizers.json" with { type: "json" };
import { Cell } from "./linear-executor.ts";

vi.mock("@mxgraft/executor", () => import("./linear-executor.ts"));

interface Example {
  readonly optimizer: string;
  readonly params: object;
  readonly lr_scheduler?: { readonly type: string };
  readonly multipliers?: { readonly lr: Record<string, number>; readonly wd: Record<string, number> };
  readonly order: readonly string[];
  readonly lr_mult: Record<string, number>;
  readonly wd_mult: Record<string, number>;
  readonly state_structure: Record<string, unknown>;
  readonly num_update: number;
  readonly inputs: number;
  readonly lr_wd: readonly Record<string, readonly number[]>[];
  readonly weights: Record<string, readonly number[]>;
  readonly state: Record<string, readonly number[]>;
}

interface Input {
  readonly shape: readonly number[];
  readonly initial: readonly number[];
  readonly grads: readonly number[];
}

const STEPS = 8;
const cases = Object.entries<Example>(golden.cases);
const inputs: readonly Record<string, Input>[] = golden.inputs;

function optimizerOf({ optimizer, params, lr_scheduler, multipliers, order }: Example) {
  const { type = "", ...options } = lr_scheduler ?? {};
  const made = createOptimizer(optimizer, {
    ...params,
    paramIdx2name: new Map(order.map((name, i) => [i, name])),
    ...(lr_scheduler === undefined ? {} : { lrScheduler: createScheduler(type, options) }),
  });
  if (multipliers !== undefined) {
    made.setLrMult(multipliers.lr);
    made.setWdMult(multipliers.wd);
  }
  return made;
}

function parametersOf({ order, inputs: index }: Example) {
  return order.map((name) => {
    const { shape = [], initial = [], grads = [] } = inputs[index]?.[name] ?? {};
    const weight = new Cell(name, shape);
    weight.set(float32Array(shape, initial));
    return { name, weight, grad: new Cell(`${name}_grad`, shape), grads, size: initial.length };
  });
}

function expectClose(found: ArrayLike<number>, expected: readonly number[], what: string): void {
  for (const [i, value] of expected.entries()) {
    const distance = Math.abs((found[i] ?? Number.NaN) - value);
    expect(distance, `${what}[${i}]: ${found[i]} for ${value}`).toBeLessThanOrEqual(1e-5 + 1e-4 * Math.abs(value));
  }
}

/** `"array[3, 4]"`, nested as the state is. */
function structureOf(state: unknown): unknown {
  if (Array.isArray(state)) return state.map(structureOf);
  return state instanceof Cell ? `array[${state.shape.join(", ")}]` : null;
}

test.for(cases)("%s moves weights and slots as MXNet does", async ([, example]) => {
  const updater = new Updater(optimizerOf(example));
  const { optimizer } = updater;
  expect(Object.fromEntries(optimizer.lrMult)).toEqual(example.lr_mult);
  expect(Object.fromEntries(optimizer.wdMult)).toEqual(example.wd_mult);
  const parameters = parametersOf(example);
  for (let step = 0; step < STEPS; step++) {
    for (const [i, { weight, grad, grads, size }] of parameters.entries()) {
      grad.set(float32Array(grad.shape, grads.slice(step * size, (step + 1) * size)));
      updater.update(i, grad, weight);
    }
    for (const [i, { name }] of parameters.entries()) {
      const [lr, wd] = example.lr_wd[step]?.[name] ?? [];
      if (lr === undefined || wd === undefined) continue;
      expect(optimizer.lrOf(i)).toBeCloseTo(lr, 12);
      expect(optimizer.wdOf(i)).toBeCloseTo(wd, 12);
    }
  }
  expect(optimizer.numUpdate).toBe(example.num_update);
  for (const [i, { name, weight }] of parameters.entries()) {
    expectClose(weight.values, example.weights[name] ?? [Number.NaN], name);
    const state = updater.states.get(i);
    expect(structureOf(state)).toEqual(example.state_structure[name]);
    const slots = [state].flat(2).filter((slot) => slot instanceof Cell);
    for (const [k, slot] of slots.entries()) {
      expectClose(slot.values, example.state[`${name}:${k}`] ?? [Number.NaN], `${name}:${k}`);
    }
  }
});

test.for(cases)("%s goes on from saved slots and progress with the same numbers", async ([, example]) => {
  const run = (updater: Updater, parameters: ReturnType<typeof parametersOf>, from: number, to: number) => {
    for (let step = from; step < to; step++) {
      for (const [i, { weight, grad, grads, size }] of parameters.entries()) {
        grad.set(float32Array(grad.shape, grads.slice(step * size, (step + 1) * size)));
        updater.update(i, grad, weight);
      }
    }
  };
  const whole = { updater: new Updater(optimizerOf(example)), parameters: parametersOf(example) };
  run(whole.updater, whole.parameters, 0, STEPS);

  const first = { updater: new Updater(optimizerOf(example)), parameters: parametersOf(example) };
  run(first.updater, first.parameters, 0, 4);
  const states = await first.updater.getStates();
  const progress = JSON.parse(JSON.stringify(first.updater.optimizer.progress()));
  const second = new Updater(optimizerOf(example));
  second.optimizer.restoreProgress(progress);
  second.setStates(states);
  run(second, first.parameters, 4, STEPS);
  for (const [i, { weight }] of whole.parameters.entries()) {
    expect(first.parameters[i]?.weight.values).toEqual(weight.values);
  }
});

test("multipliers come from the symbol's attributes, and what is set wins", () => {
  const attributes = new Map([
    ["data", new Map([["__lr_mult__", "7"]])],
    [
      "q_weight",
      new Map([
        ["__wd_mult__", "3.0"],
        ["__lr_mult__", "0.25"],
      ]),
    ],
  ]);
  const names = ["q_weight", "q_bias", "z_gamma", "z_beta", "z_moving_mean", "alpha", "weight"];
  const optimizer = new SGD({
    learningRate: 1,
    wd: 0.1,
    paramIdx2name: new Map(names.map((name, i) => [i, name])),
    sym: { listArguments: () => ["data", "q_weight", "q_bias"], attrDict: () => attributes },
  });
  // goldens/optimizers/rules, symbol_multipliers
  expect(Object.fromEntries(optimizer.lrMult)).toEqual({ data: 7, q_weight: 0.25 });
  expect(Object.fromEntries(optimizer.wdMult)).toEqual({
    q_bias: 0,
    z_beta: 0,
    z_moving_mean: 0,
    alpha: 0,
    weight: 0,
    q_weight: 3,
  });
  expect([optimizer.lrOf(0), optimizer.lrOf(1)]).toEqual([0.25, 1]);
  optimizer.setLrMult({ q_weight: 2 });
  optimizer.setWdMult({ q_bias: 1 });
  expect([optimizer.lrOf(0), optimizer.wdOf(1), optimizer.wdOf(5)]).toEqual([2, 0.1, 0]);
});

test("a rate for the optimizer overwrites the scheduler's, and then only the scheduler changes it", () => {
  const optimizer = createOptimizer("sgd", { learningRate: 0.5, lrScheduler: createScheduler("factor", { step: 1 }) });
  expect(optimizer.learningRate).toBe(0.5);
  expect(() => optimizer.setLearningRate(1)).toThrow(UsageError);
  const plain = createOptimizer("adam");
  plain.setLearningRate(1);
  expect(plain.learningRate).toBe(1);
});

test.for([
  [() => createOptimizer("addam"), RegistryError, 'Optimizer "addam" is not registered. Did you mean "adam"?'],
  [() => createOptimizer("sgd", { momentun: 0.9 }), AttributeError, 'Did you mean "momentum"?'],
  [
    () => createOptimizer("sgd", { learning_rate: "fast", clip_gradient: -1 }),
    AttributeError,
    'Optimizer "sgd": option "clipGradient" is -1, expected a number >= 0, or null; option "learningRate" is "fast", expected a number, or null.',
  ],
  [
    () => registerOptimizer("sgd", () => new SGD()),
    RegistryError,
    'Optimizer "sgd" is registered already. Pass { replace: true } if that is meant.',
  ],
] as const)("%# says what is wrong", ([make, type, message]) => {
  expect(make).toThrow(type);
  expect(make).toThrow(message);
});

test("an optimizer of one's own is found by name", () => {
  registerOptimizer("Mine", (options) => new SGD(options, "mine"), { replace: true });
  expect(createOptimizer("mine", { learningRate: 3 }).learningRate).toBe(3);
  expect(listOptimizers()).toContain("mine");
});

test("slots of another optimizer are refused", async () => {
  const weight = new Cell("w_weight", [2]);
  const adam = new Updater(createOptimizer("adam"));
  adam.update(0, new Cell("g", [2]), weight);
  const states = await adam.getStates();
  const sgd = new Updater(createOptimizer("sgd", { momentum: 0.9 }));
  sgd.setStates(states);
  expect(() => sgd.update(0, new Cell("g", [2]), weight)).toThrow(FormatError);
  expect(() => sgd.setStates(states)).toThrow(
    "The saved optimizer state of parameter 0 is (an array, an array), expected an array; it belongs to another optimizer, or to one with other options.",
  );
});
