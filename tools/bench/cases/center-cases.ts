import { hostArray, Random } from "@mxgraft/base";
import type { BenchCase, Rival } from "./bench-case.ts";
import { writeInputs } from "./write-inputs.ts";

interface Size {
  /** Rows of the batch. */
  readonly batch: number;
  /** Numbers of a feature. */
  readonly size: number;
  readonly classes: number;
}

/** Classes of the smaller table that a large one is compared with. */
const FEW = 10_000;
/** Name of the labels for that table among the inputs. */
const FEW_LABELS = "few_label";

async function writeBatch(folder: string, { batch, size, classes }: Size): Promise<void> {
  const random = new Random(2);
  const data = hostArray("float32", [batch, size]);
  for (let i = 0; i < data.data.length; i++) data.data[i] = random.normal();
  const label = hostArray("float32", [batch]);
  for (let i = 0; i < batch; i++) label.data[i] = random.below(classes);
  const small = hostArray("float32", [batch]);
  for (let i = 0; i < batch; i++) small.data[i] = random.below(Math.min(classes, FEW));
  await writeInputs(folder, { data, label, [FEW_LABELS]: small });
}

/** Features are read, the gradient is written, and a row of centers is read and written for each of them. */
const bytesOf = ({ batch, size }: Size) => 4 * batch * size * 4;
const flopsOf = ({ batch, size }: Size) => 8 * batch * size;

/** The tables of all who take part, one process each, and what a process takes anyway. */
const memoryOf = ({ size, classes }: Size) => 3 * 4 * size * classes + 1e9;

const inWords = ({ batch, size, classes }: Size) =>
  `batch ${batch}, ${size} features, ${classes.toLocaleString("en-US")} classes`;

function centerCase(name: string, size: Size, rivals: readonly Rival[]): BenchCase {
  return {
    name,
    title: `Center loss forward, gradient and update, ${inWords(size)}`,
    work: "center-step",
    settings: { ...size, mode: "auto" },
    measure: "time",
    rivals,
    cost: { flops: flopsOf(size), bytes: bytesOf(size) },
    memory: memoryOf(size),
    write: (folder) => writeBatch(folder, size),
  };
}

const torch = (target: number): Rival => ({ peer: "pytorch", label: "PyTorch's best variant", target });
const original: Rival = { peer: "mxnet", label: "the original operator on MXNet 1.9.1", target: 500 };
const large: Size = { batch: 256, size: 512, classes: 1_000_000 };
const huge: Size = { batch: 4096, size: 512, classes: 1_000_000 };

export const centerCases: readonly BenchCase[] = [
  centerCase("center-10", { batch: 100, size: 2, classes: 10 }, [torch(5), original, { peer: "tfjs" }]),
  centerCase("center-1e4", { batch: 256, size: 512, classes: 10_000 }, [torch(2.2), original, { peer: "tfjs" }]),
  centerCase("center-1e5", { batch: 256, size: 512, classes: 100_000 }, [torch(2.2), original]),
  centerCase("center-1e6", huge, [torch(2.5)]),
  {
    name: "center-classes",
    title: `Center loss, ${inWords(large)}`,
    work: "center-step",
    settings: { ...large, mode: "auto" },
    measure: "time",
    rivals: [
      // Another table and other labels: there is nothing that could agree.
      {
        peer: "mxgraft",
        label: "itself with 10,000 classes",
        settings: { classes: FEW, label: FEW_LABELS },
        target: 1.5,
        atMost: true,
        checked: 0,
      },
    ],
    memory: memoryOf(large),
    write: (folder) => writeBatch(folder, large),
  },
  {
    name: "center-memory",
    title: `Memory of center loss, ${inWords(huge)}`,
    work: "center-memory",
    settings: { ...huge, mode: "auto" },
    measure: "memory",
    rivals: [],
    memory: memoryOf(huge),
    write: (folder) => writeBatch(folder, huge),
  },
];
