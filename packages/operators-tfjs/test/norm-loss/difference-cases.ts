import type { HostArray, Shape } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { installWasmKernels } from "../../src/index.ts";
import { backends } from "../backends.ts";
import { dot, moved, STEP } from "../differences.ts";
import { randomArray } from "../nn/apply-operator.ts";
import { applyKernel, type Call, type OperatorName } from "./apply-kernel.ts";

/** An operator whose gradients are compared with differences of its outputs. */
export interface DifferenceCase {
  readonly name: string;
  readonly operator: OperatorName;
  readonly attributes: Readonly<Record<string, string>>;
  /** Shapes of arguments filled at random, or arguments that are held fixed. */
  readonly arguments: readonly (Shape | HostArray)[];
}

function isShape(argument: Shape | HostArray): argument is Shape {
  return Array.isArray(argument);
}

/** Compares the gradients of all arguments that are not fixed with central differences, on every backend. */
export function testGradients(cases: readonly DifferenceCase[]): void {
  describe.for(backends)("on %s", (backend) => {
    beforeAll(async () => {
      await setBackend(backend);
      if (backend === "wasm") installWasmKernels();
    });

    test.for(cases)("$operator, $name: the gradient that differences show", async (given) => {
      const before = tf.memory().numTensors;
      const { operator, attributes } = given;
      const call: Call = {
        operator,
        attributes,
        arguments: given.arguments.map((argument, i) => (isShape(argument) ? randomArray(argument, i + 1) : argument)),
        isTrain: true,
      };
      const { outputs } = await applyKernel(call);
      const heads = outputs.map(({ shape }, i) => randomArray(shape, 77 + i));
      const total = async (arguments_: readonly HostArray[]) => {
        const result = await applyKernel({ ...call, arguments: arguments_ });
        return result.outputs.reduce((sum, output, i) => sum + dot(output, heads[i]), 0);
      };
      const { gradients } = await applyKernel({ ...call, heads });
      for (const [index, argument] of given.arguments.entries()) {
        if (!isShape(argument)) continue;
        const direction = randomArray(argument, 99 + index);
        const at = (step: number) =>
          total(call.arguments.map((array, i) => (i === index ? moved(array, direction, step) : array)));
        const want = ((await at(STEP)) - (await at(-STEP))) / (2 * STEP);
        const scale = Math.sqrt(dot(gradients[index], gradients[index]));
        expect(scale, `gradient of argument ${index}`).toBeGreaterThan(0);
        expect(Math.abs(dot(gradients[index], direction) - want) / scale).toBeLessThan(5e-3);
      }
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
