/*
 * The worker that measures mxgraft: `settings.backend` says where, `settings.mode` whether eagerly or compiled, and
 * `settings.carrier` by what compiled graphs are run.
 */
import { setBackend } from "mxgraft";
import type { Job } from "../../run/protocol.ts";
import { machineRates } from "../machine-rates.ts";
import { serve, type Work, type WorkTable } from "../serve.ts";
import { centerMemory } from "./center-memory.ts";
import { centerStep } from "./center-step.ts";
import { epoch } from "./epoch.ts";
import { lenetStep } from "./lenet-step.ts";
import { resnet18 } from "./resnet18.ts";

const works: WorkTable = {
  "center-memory": centerMemory,
  "center-step": centerStep,
  epoch,
  "lenet-step": lenetStep,
  "machine-rates": machineRates,
  resnet18,
};

async function onBackend(make: (job: Job) => Promise<Work>, job: Job): Promise<Work> {
  // What the environment says holds for every graph that is bound without saying how.
  const { mode, carrier } = job.settings;
  if (typeof mode === "string") process.env.MXGRAFT_MODE = mode;
  if (typeof carrier === "string") process.env.MXGRAFT_CARRIER = carrier;
  const backend = await setBackend(String(job.settings.backend ?? "auto"));
  const work = await make(job);
  return { ...work, facts: { backend, ...work.facts } };
}

serve(Object.fromEntries(Object.entries(works).map(([name, make]) => [name, (job: Job) => onBackend(make, job)])));
