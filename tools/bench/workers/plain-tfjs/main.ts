/*
 * The worker that measures TensorFlow.js as it is: what somebody would write who does not have mxgraft. On "wasm" the
 * kernels that tfjs-backend-wasm lacks are added, none is replaced.
 */
import { setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import type { Job } from "../../run/protocol.ts";
import { serve, type Work } from "../serve.ts";
import { addMissingWasmKernels } from "./add-missing-wasm-kernels.ts";
import { centerStep } from "./center-step.ts";
import { lenetStep } from "./lenet-step.ts";

async function onBackend(make: (job: Job) => Work | Promise<Work>, job: Job): Promise<Work> {
  const backend = await setBackend(String(job.settings.backend ?? "auto"));
  if (backend === "wasm") addMissingWasmKernels();
  const work = await make(job);
  return { ...work, facts: { backend, ...work.facts } };
}

serve(
  {
    "center-step": (job) => onBackend(centerStep, job),
    "lenet-step": (job) => onBackend(lenetStep, job),
  },
  () => ({ version: tf.version_core }),
);
