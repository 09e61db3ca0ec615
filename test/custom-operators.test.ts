import { readFileSync } from "node:fs";
import { float32Array, type HostArray, type Shape } from "@mxgraft/base";
import { simpleBind } from "@mxgraft/executor";
import type { GradReq } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { builtinKernels } from "@mxgraft/operators-tfjs";
import { loadJson } from "@mxgraft/symbol";
import { registerPlugin, setBackend } from "@mxgraft/tfjs";
import { beforeAll, expect, test } from "vitest";
import { events, registerPortedOperators } from "./ported-operators.ts";

interface Recorded {
  readonly shape: Shape;
  readonly values: readonly number[];
}

/** Recorded from MXNet 1.9.1 with Python operators; ported-operators.ts has the same in TypeScript. */
interface CustomCase {
  readonly name: string;
  readonly description: string;
  readonly symbol: unknown;
  readonly inputShapes: Readonly<Record<string, Shape>>;
  readonly gradReq: Readonly<Record<string, GradReq>>;
  readonly events: readonly [call: string, isTrain: number | null, req: readonly string[]][];
  readonly arrays: Readonly<Record<string, Recorded>>;
}

const cases: CustomCase[] = JSON.parse(readFileSync(new URL("cases/custom-operators.json", import.meta.url), "utf8"));

beforeAll(async () => {
  await setBackend("cpu");
  registerPlugin({ name: "built-in", operators: Object.values(builtins), kernels: builtinKernels });
  registerPortedOperators();
});

function expectClose(got: HostArray | undefined, want: Recorded, what: string): void {
  expect(got?.shape, what).toEqual(want.shape);
  for (const [i, value] of want.values.entries()) {
    const actual = Number(got?.data[i]);
    expect(Math.abs(actual - value), `${what}[${i}] is ${actual}, MXNet gives ${value}`).toBeLessThanOrEqual(
      1e-5 + 1e-4 * Math.abs(value),
    );
  }
}

test.for(cases)("$name: $description", replay);

async function replay({ symbol: json, inputShapes, gradReq, arrays, events: calls }: CustomCase): Promise<void> {
  const symbol = loadJson(JSON.stringify(json));
  const executor = simpleBind(symbol, { shapes: inputShapes, gradReq });
  const named = (prefix: string) =>
    Object.entries(arrays).flatMap(([key, array]): [string, Recorded][] =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), array]] : [],
    );
  const put = (prefix: string, cells: ReadonlyMap<string, { set(array: HostArray): void }>) => {
    for (const [name, { shape, values }] of named(prefix)) cells.get(name)?.set(float32Array(shape, values));
  };
  const check = async (prefix: string, cells: ReadonlyMap<string, { toHost(): Promise<HostArray> }>) => {
    for (const [name, want] of named(prefix)) expectClose(await cells.get(name)?.toHost(), want, prefix + name);
  };
  const outputs = new Map(executor.outputs.map((output) => [output.name, output]));
  events.length = 0;
  put("arg:", executor.argCells);
  put("aux:", executor.auxCells);
  put("grad_before:", executor.gradCells);

  await executor.forward();
  await check("out:", outputs);
  await check("aux_inference:", executor.auxCells);

  put("aux:", executor.auxCells);
  await executor.forward({ isTrain: true });
  await check("out_train:", outputs);
  await check("aux_forward:", executor.auxCells);

  const heads = new Map(named("ograd:").map(([name, { shape, values }]) => [name, float32Array(shape, values)]));
  await executor.backward(executor.outputs.map(({ name }) => heads.get(name)));
  await check("grad:", executor.gradCells);
  await check("aux_after:", executor.auxCells);
  if (calls.length > 0) {
    const order = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort();
    const seen = events.map(([call, isTrain, req]) => [call, isTrain === undefined ? null : Number(isTrain), req]);
    expect(order(seen)).toEqual(order(calls));
  }
  executor.dispose();
}
