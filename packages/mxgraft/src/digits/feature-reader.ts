import { type HostArray, hostArray, invariant, type Shape, toFloat32, UsageError } from "@mxgraft/base";
import { type ExecutorCells, simpleBind } from "@mxgraft/executor";
import { group, type Symbol as MxSymbol } from "@mxgraft/symbol";
import { countDigits, type DigitSet } from "./digit-set.ts";

export interface FeatureReaderOptions {
  /** Parameters to read with: those of a module, which stay its own, or arrays by name. */
  readonly parameters: ExecutorCells | ReadonlyMap<string, HostArray>;
  /** Height and width of the images. */
  readonly image: Shape;
  /** Rows computed at once; default 100. */
  readonly batchSize?: number;
  /** The output to read; default `embedding_output`. */
  readonly layer?: string;
}

/** What a network makes of digits. */
export interface DigitFeatures {
  /** `(N, dimensions)`, row-major. */
  readonly features: Float32Array;
  readonly dimensions: number;
  /** `(N)`: the class with the largest score; absent where the graph has no layer `fc2`. */
  readonly predicted?: Int32Array;
  /** `(N)`: what the digits are. */
  readonly labels: Uint8Array;
}

const SCORES = "fc2_output";

/**
 * Cuts a graph at its embedding, MXNet's `get_internals()["embedding_output"]`, and reads the features of digits with
 * the parameters as they are at that moment.
 *
 * @throws UsageError  the graph has no such output, or a parameter is missing.
 */
export class FeatureReader {
  readonly #executor: ReturnType<typeof simpleBind>;
  readonly #batchSize: number;
  readonly #inputShape: Shape;

  constructor(symbol: MxSymbol, options: FeatureReaderOptions) {
    const { parameters, image, batchSize = 100, layer = "embedding_output" } = options;
    const internals = symbol.getInternals();
    const names = internals.listOutputs();
    if (!names.includes(layer)) {
      throw new UsageError(
        `The graph has no output "${layer}"; those that end in "_output" are ${names.filter((name) => name.endsWith("_output")).join(", ")}.`,
        { argument: "layer", actual: layer, expected: names },
      );
    }
    const parts = [internals.get(layer), ...(names.includes(SCORES) ? [internals.get(SCORES)] : [])];
    this.#batchSize = batchSize;
    this.#inputShape = [batchSize, 1, ...image];
    const shared = "argCells" in parameters ? parameters : undefined;
    this.#executor = simpleBind(group(parts), {
      shapes: { data: this.#inputShape },
      gradReq: "null",
      ...(shared === undefined ? {} : { shared }),
    });
    if (!("argCells" in parameters)) this.#take(parameters);
  }

  #take(parameters: ReadonlyMap<string, HostArray>): void {
    const missing: string[] = [];
    for (const [name, cell] of [...this.#executor.argCells, ...this.#executor.auxCells]) {
      if (name === "data") continue;
      const array = parameters.get(name);
      if (array === undefined) missing.push(`"${name}"`);
      else cell.set(array);
    }
    if (missing.length === 0) return;
    this.dispose();
    throw new UsageError(`The checkpoint lacks ${missing.join(", ")}, which its graph needs for the features.`, {
      actual: missing,
    });
  }

  /** @param signal  stops between two batches with its reason. */
  async read(digits: DigitSet, { signal }: { readonly signal?: AbortSignal } = {}): Promise<DigitFeatures> {
    const count = countDigits(digits);
    const input = hostArray("float32", this.#inputShape);
    const pixels = input.data.length / this.#batchSize;
    const [embedding, scores] = this.#executor.outputs;
    invariant(embedding, "a bound graph without outputs");
    const dimensions = embedding.shape.slice(1).reduce((product, size) => product * size, 1);
    const features = new Float32Array(count * dimensions);
    const predicted = scores === undefined ? undefined : new Int32Array(count);
    for (let first = 0; first < count; first += this.#batchSize) {
      // Kernels that never wait leave timers and signals no turn.
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
      const rows = Math.min(this.#batchSize, count - first);
      for (let i = 0; i < rows * pixels; i++) {
        input.data[i] = (digits.images.data[first * pixels + i] ?? 0) / 256;
      }
      await this.#executor.forward({ inputs: { data: input } });
      const values = toFloat32(await embedding.toHost());
      features.set(values.subarray(0, rows * dimensions), first * dimensions);
      if (scores !== undefined && predicted !== undefined) {
        const classes = largestOfRows(toFloat32(await scores.toHost()), scores.shape[1] ?? 1);
        predicted.set(classes.subarray(0, rows), first);
      }
    }
    const labels = digits.labels.data;
    return { features, dimensions, labels, ...(predicted === undefined ? {} : { predicted }) };
  }

  dispose(): void {
    this.#executor.dispose();
  }
}

/** For each row the index of its largest number, the first of equals. */
function largestOfRows(values: Float32Array, width: number): Int32Array {
  return Int32Array.from({ length: values.length / width }, (_, row) => {
    let best = 0;
    for (let column = 1; column < width; column++) {
      if ((values[row * width + column] ?? 0) > (values[row * width + best] ?? 0)) best = column;
    }
    return best;
  });
}
