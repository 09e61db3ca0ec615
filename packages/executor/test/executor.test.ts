import { BackendError, float32Array, type HostArray, ShapeError, UsageError } from "@mxgraft/base";
import { type Executor, simpleBind } from "@mxgraft/executor";
import { CustomOp, CustomOpProp, type NDArray, type Req, register } from "@mxgraft/operator";
import { apply, group, type Symbol as MxSymbol, variable } from "@mxgraft/symbol";
import { setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { registerToyOperators } from "./toy-operators.ts";

beforeAll(async () => {
  await setBackend("cpu");
  registerToyOperators();
});

let tensorsBefore = 0;
const open: Executor[] = [];

function bind(symbol: MxSymbol, options: Parameters<typeof simpleBind>[1]): Executor {
  const executor = simpleBind(symbol, options);
  open.push(executor);
  return executor;
}

beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
  return () => {
    for (const executor of open.splice(0)) executor.dispose();
    expect(tf.memory().numTensors).toBe(tensorsBefore);
  };
});

afterAll(() => expect(open).toEqual([]));

const values = (array: HostArray | undefined) => Array.from(array?.data ?? [], Number);

async function gradient(executor: Executor, name: string): Promise<number[]> {
  return values(await executor.gradCells.get(name)?.toHost());
}

const scaled = (factor: number, data = variable("data"), name = "scaled") => apply("toy_scale", { data, factor, name });

describe("forward", () => {
  test("computes outputs from the arrays bound", async () => {
    const executor = bind(scaled(3), { shapes: { data: [2] } });
    await executor.forward({ inputs: { data: float32Array([2], [1, -2]) } });
    expect(values(await executor.outputs[0]?.toHost())).toEqual([3, -6]);
    expect(executor.outputs[0]?.name).toBe("scaled_output");
  });

  test("keeps inputs that are not given again", async () => {
    const executor = bind(scaled(3), { shapes: { data: [1] } });
    await executor.forward({ inputs: { data: float32Array([1], [5]) } });
    await executor.forward();
    expect(values(await executor.outputs[0]?.toHost())).toEqual([15]);
  });

  test("leaves as many tensors after many steps as after one", async () => {
    const executor = bind(apply("toy_squares", { data: scaled(2) }), { shapes: { data: [3] } });
    const step = async () => {
      await executor.forward({ isTrain: true, inputs: { data: float32Array([3], [1, 2, 3]) } });
      await executor.backward();
    };
    await step();
    const { numTensors } = tf.memory();
    for (let i = 0; i < 20; i++) await step();
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

describe("backward", () => {
  test.for([
    { req: "write", expected: [8, 16] },
    { req: "add", expected: [16, 32] },
  ] as const)("puts the gradient in as gradReq $req says", async ({ req, expected }) => {
    const executor = bind(apply("toy_squares", { data: scaled(2) }), { shapes: { data: [2] }, gradReq: req });
    for (let i = 0; i < 2; i++) {
      await executor.forward({ isTrain: true, inputs: { data: float32Array([2], [1, 2]) } });
      await executor.backward();
    }
    // d/dx sum((2x)^2) = 8x
    expect(await gradient(executor, "data")).toEqual(expected);
  });

  test("computes no gradient for gradReq null", async () => {
    const executor = bind(apply("toy_squares", { data: scaled(2) }), { shapes: { data: [2] }, gradReq: "null" });
    await executor.forward({ isTrain: true });
    await executor.backward();
    expect([...executor.gradCells.keys()]).toEqual([]);
  });

  test("adds what several users of a variable give", async () => {
    const x = variable("x");
    const loss = apply("toy_squares", { data: apply("toy_product", { left: x, right: x }) });
    const executor = bind(loss, { shapes: { x: [2] } });
    await executor.forward({ isTrain: true, inputs: { x: float32Array([2], [1, 2]) } });
    await executor.backward();
    // d/dx x^4 = 4x^3
    expect(await gradient(executor, "x")).toEqual([4, 32]);
  });

  test("runs again on the same forward", async () => {
    const executor = bind(apply("toy_squares", { data: scaled(1) }), { shapes: { data: [1] }, gradReq: "add" });
    await executor.forward({ isTrain: true, inputs: { data: float32Array([1], [3]) } });
    await executor.backward();
    await executor.backward();
    expect(await gradient(executor, "data")).toEqual([12]);
  });

  test("takes head gradients for outputs that are no losses", async () => {
    const executor = bind(scaled(3), { shapes: { data: [2] } });
    await executor.forward({ isTrain: true });
    await executor.backward([float32Array([2], [1, 10])]);
    expect(await gradient(executor, "data")).toEqual([3, 30]);
  });
});

describe("layouts", () => {
  const input = float32Array([1, 2, 1, 3], [0, 1, 2, 3, 4, 5]);

  test("a kernel that wants its channels last gives MXNet's order outside", async () => {
    const biased = apply("toy_bias", { data: scaled(1), bias: variable("bias"), name: "b" });
    const executor = bind(scaled(10, biased, "after"), { shapes: { data: [1, 2, 1, 3] } });
    await executor.forward({ isTrain: true, inputs: { data: input, bias: float32Array([2], [100, 200]) } });
    expect(values(await executor.outputs[0]?.toHost())).toEqual([1000, 1010, 1020, 2030, 2040, 2050]);
    await executor.backward([float32Array([1, 2, 1, 3], [1, 2, 3, 4, 5, 6])]);
    expect(await gradient(executor, "data")).toEqual([10, 20, 30, 40, 50, 60]);
    expect(await gradient(executor, "bias")).toEqual([60, 150]);
  });

  test("a variable is kept in the layout its first user wants and read back in MXNet's", async () => {
    const executor = bind(apply("toy_bias", { data: variable("data"), bias: variable("bias") }), {
      shapes: { data: [1, 2, 1, 3] },
    });
    const cell = executor.argCells.get("data");
    cell?.set(input);
    expect(cell?.read().shape).toEqual([1, 1, 3, 2]);
    expect(values(await cell?.toHost())).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe("variables of one name", () => {
  test("are one array, in the layout the first user wants", async () => {
    const biased = apply("toy_bias", { data: variable("data"), bias: variable("bias") });
    const both = apply("toy_product", { left: biased, right: variable("data") });
    const executor = bind(both, { shapes: { data: [1, 2, 1, 2] } });
    const data = float32Array([1, 2, 1, 2], [1, 2, 3, 4]);
    await executor.forward({ inputs: { data, bias: float32Array([2], [10, 20]) } });
    // (data + bias) * data
    expect(values(await executor.outputs[0]?.toHost())).toEqual([11, 24, 69, 96]);
  });
});

describe("reshape", () => {
  test("shares the arrays whose shapes stay", async () => {
    const weighted = apply("toy_bias", { data: variable("data"), bias: variable("bias") });
    const executor = bind(weighted, { shapes: { data: [4, 2, 1, 1] } });
    executor.argCells.get("bias")?.set(float32Array([2], [1, 2]));
    const smaller = executor.reshape({ data: [1, 2, 1, 1] });
    open.unshift(smaller);
    await smaller.forward();
    expect(values(await smaller.outputs[0]?.toHost())).toEqual([1, 2]);
    expect(smaller.argCells.get("bias")).toBe(executor.argCells.get("bias"));
  });
});

/** Doubles its input and counts its calls in an auxiliary state. */
class Doubling extends CustomOp {
  override async forward(
    _isTrain: boolean,
    req: readonly Req[],
    [data]: readonly NDArray[],
    [out]: readonly NDArray[],
    [calls]: readonly NDArray[],
  ) {
    await Promise.resolve();
    calls?.addInPlace(1);
    if (out && data && req[0]) this.assign(out, req[0], data.mul(2));
  }

  override backward(
    req: readonly Req[],
    [head]: readonly NDArray[],
    _in: readonly NDArray[],
    _out: readonly NDArray[],
    [grad]: readonly NDArray[],
  ) {
    if (grad && head && req[0]) this.assign(grad, req[0], head.mul(2));
  }
}

class DoublingProp extends CustomOpProp {
  override listAuxiliaryStates() {
    return ["calls"];
  }

  override inferShape([shape = []]: readonly (readonly number[])[]) {
    return { inShape: [shape], outShape: [shape], auxShape: [[1]] };
  }

  createOperator() {
    return new Doubling();
  }
}

describe("operators in MXNet's style", () => {
  test("run on arrays in JavaScript memory, their states staying there", async () => {
    register("doubling", DoublingProp, { replace: true });
    const custom = apply("Custom", { data: scaled(1), op_type: "doubling", name: "twice" });
    const executor = bind(custom, { shapes: { data: [2] } });
    await executor.forward({ isTrain: true, inputs: { data: float32Array([2], [1, 2]) } });
    expect(values(await executor.outputs[0]?.toHost())).toEqual([2, 4]);
    await executor.backward([float32Array([2], [1, 3])]);
    expect(await gradient(executor, "data")).toEqual([2, 6]);
    await executor.forward();
    expect(values(await executor.auxCells.get("twice_calls")?.toHost())).toEqual([2]);
  });
});

describe("mistakes", () => {
  test.for([
    {
      name: "an operator without a kernel, all of them",
      run: async () => {
        const first = apply("toy_without_kernel", { data: variable("data"), name: "one" });
        bind(apply("toy_without_kernel", { data: first, name: "two" }), { shapes: { data: [1] } });
      },
      error: BackendError,
      message: 'two (toy_without_kernel): Operator "toy_without_kernel" has no forward kernel for backend "cpu"',
    },
    {
      name: "an input of another shape",
      run: async () => bind(scaled(1), { shapes: { data: [2] } }).forward({ inputs: { data: float32Array([3]) } }),
      error: ShapeError,
      message: 'Array "data" has shape (2,); an array of shape (3,) cannot be put there.',
    },
    {
      name: "an input that is no argument",
      run: async () => bind(scaled(1), { shapes: { data: [2] } }).forward({ inputs: { dat: float32Array([2]) } }),
      error: UsageError,
      message: 'Did you mean "data"?',
    },
    {
      name: "a gradReq for an unknown argument",
      run: async () => bind(scaled(1), { shapes: { data: [2] }, gradReq: { dta: "write" } }),
      error: UsageError,
      message: 'gradReq names "dta", which is no argument of the symbol. Did you mean "data"?',
    },
    {
      name: "backward before forward",
      run: async () => bind(scaled(1), { shapes: { data: [2] } }).backward(),
      error: UsageError,
      message: "Cannot backward: forward has not run.",
    },
    {
      name: "no gradient for an output that is no loss",
      run: async () => {
        const executor = bind(scaled(1), { shapes: { data: [2] } });
        await executor.forward({ isTrain: true });
        await executor.backward();
      },
      error: UsageError,
      message: 'Output "scaled_output" is no loss and got no gradient.',
    },
    {
      name: "a gradient through an operator that has none",
      run: async () => {
        const blocked = apply("toy_no_gradient", { data: variable("data"), name: "stop" });
        const executor = bind(blocked, { shapes: { data: [2] } });
        await executor.forward({ isTrain: true });
        await executor.backward([float32Array([2])]);
      },
      error: UsageError,
      message: "stop (toy_no_gradient): the operator has no gradient.",
    },
    {
      name: "a disposed executor",
      run: async () => {
        const executor = simpleBind(group([scaled(1)]), { shapes: { data: [2] } });
        executor.dispose();
        await executor.forward();
      },
      error: UsageError,
      message: "Cannot forward: the executor was disposed.",
    },
  ])("$name", async ({ run, error, message }) => {
    const thrown = await run().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(thrown).toBeInstanceOf(error);
    expect(String(thrown)).toContain(message);
  });
});
