import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Job } from "../run/protocol.ts";
import { WorkerError, WorkerProcess } from "../run/worker-process.ts";
import { type PeerName, peers } from "./peers.ts";
import { peersFolder } from "./peers-folder.ts";

/**
 * Gives onnxruntime the model of a case: mx2onnx of MXNet's peer writes it once, the cache folder keeps it.
 *
 * @throws WorkerError  there is no MXNet, or it cannot convert.
 */
export async function withConvertedModel(peer: PeerName, job: Job): Promise<Job> {
  if (peer !== "onnxruntime") return job;
  const hash = createHash("sha256");
  for (const file of ["model-symbol.json", "model-0000.params"]) hash.update(await readFile(join(job.folder, file)));
  hash.update(JSON.stringify(job.settings.batch));
  const folder = join(peersFolder(), "models");
  const model = join(folder, `${hash.digest("hex").slice(0, 16)}.onnx`);
  if (!existsSync(model)) {
    const command = peers.mxnet.find(process.env);
    if ("missing" in command) throw new WorkerError(`its model is converted by MXNet, which is ${command.missing}`);
    await mkdir(folder, { recursive: true });
    const worker = new WorkerProcess("MXNet, converting to ONNX", command);
    const partial = `${model}.${process.pid}`;
    try {
      await worker.prepare({ ...job, work: "export-onnx", settings: { model: partial } });
      await rename(partial, model);
    } finally {
      await worker.close();
    }
  }
  return { ...job, settings: { ...job.settings, model } };
}
