import { type HostArray, hostArray } from "@mxgraft/base";
import { type Executor, simpleBind } from "@mxgraft/executor";
import { loadJson } from "@mxgraft/symbol";
import type { Comparison } from "../comparison.ts";
import { type GoldenCase, isFacts } from "../golden-case.ts";

/** Row `i` of an array whose first axis counts steps. */
function stepOf(stacked: HostArray, i: number): HostArray {
  const [, ...shape] = stacked.shape;
  const size = shape.reduce((product, axis) => product * axis, 1);
  const values = Float32Array.from(stacked.data.subarray(i * size, (i + 1) * size) as ArrayLike<number>);
  return hostArray("float32", shape, values);
}

async function compareStates(
  comparison: Comparison,
  executor: Executor,
  wanted: (name: string) => HostArray | undefined,
  at: string,
) {
  for (const [name, cell] of executor.auxCells) {
    const want = wanted(name);
    if (want) comparison.arrays(`${at} ${name}`, await cell.toHost(), want);
  }
}

/** Ten steps of forward and backward with the states going on from step to step. */
export async function replayTrace(golden: GoldenCase, comparison: Comparison): Promise<void> {
  const req = golden.object("grad_req").data;
  const data = golden.tensor("steps:data");
  const label = golden.tensor("steps:label");
  const executor = simpleBind(loadJson(golden.symbolJson), {
    shapes: golden.shapes("input_shapes"),
    gradReq: { data: req === "add" || req === "null" ? req : "write" },
  });
  try {
    for (const [name, array] of golden.withPrefix("aux")) executor.auxCells.get(name)?.set(array);
    for (let i = 0; i < (data.shape[0] ?? 0); i++) {
      const step = (name: string) => {
        const stacked = golden.tensors.get(name);
        return stacked && stepOf(stacked, i);
      };
      await executor.forward({ isTrain: true, inputs: { data: stepOf(data, i), label: stepOf(label, i) } });
      const loss = await executor.outputs[0]?.toHost();
      const wantedLoss = step("steps:loss");
      if (loss && wantedLoss)
        comparison.arrays(
          `step ${i} loss`,
          hostArray("float32", wantedLoss.shape, Float32Array.from(loss.data as Float32Array)),
          wantedLoss,
        );
      await compareStates(comparison, executor, (name) => step(`steps_forward:${name}`), `step ${i} forward`);
      await executor.backward();
      await compareStates(comparison, executor, (name) => step(`steps:${name}`), `step ${i}`);
      const wanted = step("steps:grad");
      const gradient = executor.gradCells.get("data");
      if (wanted && gradient) comparison.arrays(`step ${i} grad`, await gradient.toHost(), wanted);
    }
  } finally {
    comparison.compilations.push(executor.compilation);
    executor.dispose();
  }
}

/** Calls of forward and backward in an odd order, with the arrays after each. */
export async function replayOrder(golden: GoldenCase, comparison: Comparison): Promise<void> {
  const req = golden.object("grad_req").data;
  const executor = simpleBind(loadJson(golden.symbolJson), {
    shapes: golden.shapes("input_shapes"),
    gradReq: { data: req === "add" ? "add" : "write" },
  });
  try {
    for (const [i, action] of golden.list("actions").entries()) {
      const name = isFacts(action) ? action.action : action;
      const inputs = { data: golden.tensor(`${i}:data`), label: golden.tensor(`${i}:label`) };
      for (const [argument, array] of Object.entries(inputs)) executor.argCells.get(argument)?.set(array);
      if (name === "train" || name === "infer") await executor.forward({ isTrain: name === "train" });
      else await executor.backward();
      const loss = golden.tensors.get(`${i}:loss`);
      const got = await executor.outputs[0]?.toHost();
      if (loss && got) comparison.arrays(`${i} ${name} loss`, got, loss);
      const gradient = golden.tensors.get(`${i}:grad`);
      const cell = executor.gradCells.get("data");
      if (gradient && cell) comparison.arrays(`${i} ${name} grad`, await cell.toHost(), gradient);
      await compareStates(comparison, executor, (state) => golden.tensors.get(`${i}:${state}`), `${i} ${name}`);
    }
  } finally {
    comparison.compilations.push(executor.compilation);
    executor.dispose();
  }
}
