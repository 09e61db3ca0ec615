import type { Snapshot } from "@mxgraft/plot";
import { type DigitData, firstDigits } from "./digit-set.ts";
import { featureFigures } from "./feature-figures.ts";
import type { FeatureReader } from "./feature-reader.ts";

/** Digits of each kind that a picture shows at most: more only hide each other. */
export const MOST_DIGITS_SHOWN = 1000;

/** Reads the features of some digits of each kind, with the centers and the metrics of just these digits. */
export async function takeSnapshot(
  reader: FeatureReader,
  data: Pick<DigitData, "train" | "test">,
  centers: Float32Array,
  epoch: number,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Snapshot> {
  const options = signal === undefined ? {} : { signal };
  const train = await reader.read(firstDigits(data.train, MOST_DIGITS_SHOWN), options);
  const test = await reader.read(firstDigits(data.test, MOST_DIGITS_SHOWN), options);
  const [trainFigures, testFigures] = [featureFigures(train, centers), featureFigures(test, centers)];
  return {
    epoch,
    train,
    test,
    centers,
    metrics: {
      "train accuracy": trainFigures.accuracy,
      "test accuracy": testFigures.accuracy,
      "train center loss": trainFigures.centerLoss,
      "test center loss": testFigures.centerLoss,
      separation: testFigures.separation,
    },
  };
}
