/* The worker that measures onnxruntime-node, which lives in the cache folder: the repository does not depend on it. */
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Job } from "../../run/protocol.ts";
import { readInputs } from "../read-inputs.ts";
import { serve, type Work } from "../serve.ts";

/** What we use of onnxruntime-node. */
interface OnnxRuntime {
  readonly InferenceSession: { create(file: string, options?: object): Promise<Session> };
  readonly Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => OnnxTensor;
}
interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(inputs: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
}
interface OnnxTensor {
  readonly data: Float32Array;
}

/** Imported by a name that type checkers do not look into. */
const PACKAGE = "onnxruntime-node";
const SHOWN = 64;

const folder = process.argv[2] ?? ".";
const require = createRequire(join(folder, "package.json"));
const runtime: OnnxRuntime = require(PACKAGE);
const { version }: { version: string } = require(`${PACKAGE}/package.json`);

async function resnet18(job: Job): Promise<Work> {
  const array = readInputs(job).array("data");
  const session = await runtime.InferenceSession.create(String(job.settings.model), { graphOptimizationLevel: "all" });
  const [input = "data"] = session.inputNames;
  const [output = ""] = session.outputNames;
  const data = new runtime.Tensor("float32", Float32Array.from(array.data as Float32Array), array.shape);
  const read = async () => (await session.run({ [input]: data }))[output]?.data ?? new Float32Array();
  const step = async () => {
    await read();
  };
  return { check: { output: [...(await read()).slice(0, SHOWN)] }, facts: {}, step };
}

serve({ resnet18 }, () => ({ version }));
