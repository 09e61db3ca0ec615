/** How a run of the digits program trains. */
export interface DigitsSettings {
  /** Numbers in the embedding. */
  readonly embeddingSize: number;
  /** Step of the class centers. */
  readonly alpha: number;
  /** Weight of the center loss. */
  readonly scale: number;
  /** Whether the last layer has a bias. */
  readonly lastBias: boolean;
  readonly batchSize: number;
  readonly numEpochs: number;
  /** Learning rate per batch. */
  readonly lr: number;
  /** What the rate is multiplied by every `lrFactorEpoch` epochs; 1 leaves it as it is. */
  readonly lrFactor: number;
  readonly lrFactorEpoch: number;
  readonly momentum: number;
  /** Weight decay. */
  readonly wd: number;
  /** A new random order for every epoch; otherwise one for all. */
  readonly reshuffle: boolean;
  /** "xavier": uniform, by the mean of both fans, magnitude 3. "program": as the MXNet program has it. */
  readonly initializer: "xavier" | "program";
  /** Seed of the initial parameters and of the order of the digits. */
  readonly seed: number;
  /** MXNet's name of the parameter store; only those for one machine. */
  readonly kvStore: string;
}

const DEFAULT: DigitsSettings = {
  embeddingSize: 2,
  alpha: 0.5,
  scale: 1,
  lastBias: false,
  batchSize: 100,
  numEpochs: 10,
  lr: 0.03,
  lrFactor: 0.5,
  lrFactorEpoch: 20,
  momentum: 0.9,
  wd: 5e-4,
  reshuffle: true,
  initializer: "xavier",
  seed: 1,
  kvStore: "local",
};

/**
 * Settings by name. `default` learns for every seed. `seed` is the published MXNet program as it is, whose initial
 * weights let most runs with a 2-D embedding collapse. `demo` suits 3,000 drawn digits and two minutes.
 */
export const DIGITS_PRESETS = {
  default: DEFAULT,
  seed: {
    ...DEFAULT,
    lastBias: true,
    numEpochs: 20,
    lr: 0.01,
    reshuffle: false,
    initializer: "program",
  },
  demo: { ...DEFAULT, batchSize: 50, lr: 0.05, lrFactor: 0.2, lrFactorEpoch: 7 },
} as const satisfies Record<string, DigitsSettings>;

export type DigitsPreset = keyof typeof DIGITS_PRESETS;
