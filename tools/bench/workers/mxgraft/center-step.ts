import { toFloat32 } from "@mxgraft/base";
import { type Executor, simpleBind } from "@mxgraft/executor";
import { sym } from "mxgraft";
import type { Job } from "../../run/protocol.ts";
import { numberSetting, readInputs } from "../read-inputs.ts";
import type { Work } from "../serve.ts";
import { modeOf } from "./lenet-step.ts";

/** Steps whose losses are compared before anything is timed. */
const CHECKED = 3;
/** Numbers of the gradient that are compared. */
const SHOWN = 16;

/** A graph of nothing but center loss, bound with features that stay where they are computed. */
export function bindCenterLoss(job: Job): Executor {
  const inputs = readInputs(job);
  const data = inputs.array("data");
  const [batch = 0] = data.shape;
  const loss = sym.Custom({
    data: sym.variable("data"),
    label: sym.variable("label"),
    op_type: "centerloss",
    num_class: numberSetting(job, "classes"),
    alpha: 0.5,
    batchsize: batch,
    name: "center",
  });
  const options = { shapes: { data: data.shape }, gradReq: { data: "write" as const }, ...modeOf(job) };
  const executor = simpleBind(loss, options);
  executor.argCells.get("data")?.set(data);
  executor.argCells.get("label")?.set(inputs.array(String(job.settings.label ?? "label")));
  return executor;
}

/** Forward, gradient and update of the centers. */
export async function centerStep(job: Job): Promise<Work> {
  const executor = bindCenterLoss(job);
  const step = async () => {
    await executor.forward({ isTrain: true });
    await executor.backward();
  };
  const loss: number[] = [];
  let gradient: number[] = [];
  for (let i = 0; i < CHECKED; i++) {
    await step();
    const [output] = executor.outputs;
    const value = output && (await output.toHost());
    if (value !== undefined) loss.push(toFloat32(value)[0] ?? Number.NaN);
    const written = await executor.gradCells.get("data")?.toHost();
    if (written !== undefined) gradient = [...toFloat32(written).slice(0, SHOWN)];
  }
  return { check: { loss, gradient }, facts: {}, step };
}
