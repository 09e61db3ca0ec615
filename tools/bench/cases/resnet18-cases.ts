import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hostArray, Random, type Shape } from "@mxgraft/base";
import { joinCheckpoint, writeParams } from "@mxgraft/files";
import type { BenchCase, Rival } from "./bench-case.ts";
import { resnet18Symbol } from "./resnet18-symbol.ts";
import { seededParameters } from "./seeded-parameters.ts";
import { writeInputs } from "./write-inputs.ts";

const CLASSES = 512;
const PIXELS = 112;
/** Multiply-adds of one image of 112 x 112: what `mxgraft inspect` counts. */
const MULTIPLY_ADDS = 485_109_760;

async function writeResnet(folder: string, batch: number): Promise<void> {
  const symbol = resnet18Symbol(CLASSES);
  const shape = [batch, 3, PIXELS, PIXELS];
  const { argShapes, auxShapes } = symbol.inferShape({ data: shape });
  const named = (names: readonly string[], shapes: readonly Shape[]) =>
    new Map(names.flatMap((name, i) => (name === "data" ? [] : [[name, shapes[i] ?? []] as const])));
  const argParams = seededParameters(named(symbol.listArguments(), argShapes), 11);
  const auxParams = seededParameters(named(symbol.listAuxiliaryStates(), auxShapes), 12);
  const random = new Random(13);
  const data = hostArray("float32", shape);
  for (let i = 0; i < data.data.length; i++) data.data[i] = random.uniform();
  await writeInputs(folder, { data });
  await writeFile(join(folder, "model-symbol.json"), symbol.toJSON());
  await writeFile(join(folder, "model-0000.params"), writeParams(joinCheckpoint({ argParams, auxParams })));
}

function resnetCase(batch: number, rivals: readonly Rival[]): BenchCase {
  return {
    name: `resnet18-${batch}`,
    title: `ResNet-18 inference ${PIXELS}x${PIXELS}, batch ${batch}`,
    work: "resnet18",
    settings: { batch, mode: "auto" },
    measure: "time",
    rivals,
    cost: { flops: 2 * MULTIPLY_ADDS * batch, bytes: 0 },
    write: (folder) => writeResnet(folder, batch),
  };
}

const mxnet = (target: number): Rival => ({ peer: "mxnet", label: "MXNet 1.9.1 with oneDNN subgraphs", target });
const eager: Rival = { peer: "mxgraft", label: "mxgraft, eager", settings: { mode: "eager" }, onlyOn: "tensorflow" };

export const resnet18Cases: readonly BenchCase[] = [
  resnetCase(1, [mxnet(1.3), { peer: "onnxruntime" }, eager]),
  resnetCase(16, [mxnet(1.5), { peer: "onnxruntime", target: 1.1 }, eager]),
];
