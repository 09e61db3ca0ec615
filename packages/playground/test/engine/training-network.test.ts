import { drawDigits, setBackend } from "mxgraft";
import { afterEach, beforeAll, expect, test } from "vitest";
import { TrainingNetwork } from "../../src/engine/training/training-network.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../../src/protocol/training-settings.ts";

const digits = { train: drawDigits({ count: 40, seed: 1 }), shown: drawDigits({ count: 100, seed: 2 }) };
const networks: TrainingNetwork[] = [];

function network(...args: ConstructorParameters<typeof TrainingNetwork>): TrainingNetwork {
  const made = new TrainingNetwork(...args);
  networks.push(made);
  return made;
}

beforeAll(async () => {
  await setBackend("wasm");
});
afterEach(() => {
  for (const made of networks.splice(0)) made.dispose();
});

const changes: readonly Partial<TrainingSettings>[] = [
  { batchSize: 20 },
  { batchSize: 5 },
  { lambda: 0 },
  { alpha: 0.1 },
  { learningRate: 0.01 },
];

test.for(changes)("goes on after %o with what it has learned", { timeout: 60_000 }, async (change) => {
  const settings = { ...DEFAULT_SETTINGS, batchSize: 10 };
  const before = network(settings, digits);
  await before.trainBatch();
  const centers = await before.readCenters();
  const { features } = await before.readFeatures();

  const after = network({ ...settings, ...change }, digits, await before.learned());
  expect(centers.some((value) => value !== 0)).toBe(true);
  expect(await after.readCenters()).toEqual(centers);
  expect((await after.readFeatures()).features).toEqual(features);
  const { loss, centerLoss } = await after.trainBatch();
  expect([loss, centerLoss].every(Number.isFinite)).toBe(true);
});
