import * as tf from "@tensorflow/tfjs";

/** One of the four pixels around each place: its row in data as (N H W, C), and how much it counts there. */
interface Corner {
  /** (N P, 1) int32 */
  readonly row: tf.Tensor;
  /** (N P, 1): weight along x and y; 0 outside of data. */
  readonly weight: tf.Tensor;
  /** d weight / dx and d weight / dy, in pixels. */
  readonly slopeX: tf.Tensor;
  readonly slopeY: tf.Tensor;
}

interface Neighbour {
  readonly index: tf.Tensor;
  readonly weight: tf.Tensor;
  readonly slope: tf.Tensor;
}

/** The two pixels beside each place along one axis of data. */
function neighbours(place: tf.Tensor, size: number): Neighbour[] {
  const low = tf.floor(place);
  const part = tf.sub(place, low);
  return [0, 1].map((step) => {
    const index = tf.add(low, step);
    const clipped = tf.clipByValue(index, 0, size - 1);
    const inside = tf.cast(tf.equal(index, clipped), "float32");
    return {
      index: tf.cast(clipped, "int32"),
      weight: tf.mul(step === 0 ? tf.sub(1, part) : part, inside),
      slope: step === 0 ? tf.neg(inside) : inside,
    };
  });
}

/** The places of a grid (N, 2, P, Q) of -1..1 along one axis of data, in pixels: (N P Q, 1). */
function places(grid: tf.Tensor, axis: 0 | 1, size: number): tf.Tensor {
  const [batch = 1, , height = 1, width = 1] = grid.shape;
  const along = tf.slice(grid, [0, axis, 0, 0], [batch, 1, height, width]);
  return tf.reshape(tf.mul(tf.add(along, 1), (size - 1) / 2), [-1, 1]);
}

function corners(data: tf.Tensor, grid: tf.Tensor): Corner[] {
  const [batch = 1, height = 1, width = 1] = data.shape;
  const count = grid.size / 2 / batch;
  const sample = tf.reshape(tf.range(0, batch, 1, "int32"), [batch, 1]);
  const first = tf.reshape(tf.tile(tf.mul(sample, tf.scalar(height * width, "int32")), [1, count]), [-1, 1]);
  const columns = neighbours(places(grid, 0, width), width);
  const rows = neighbours(places(grid, 1, height), height);
  const stride = tf.scalar(width, "int32");
  return rows.flatMap((y) =>
    columns.map((x) => ({
      row: tf.add(first, tf.add(tf.mul(y.index, stride), x.index)),
      weight: tf.mul(y.weight, x.weight),
      slopeX: tf.mul(y.weight, x.slope),
      slopeY: tf.mul(y.slope, x.weight),
    })),
  );
}

function gathered(data: tf.Tensor, row: tf.Tensor): tf.Tensor {
  const flat = tf.reshape(data, [-1, data.shape.at(-1) ?? 1]);
  return tf.gather(flat, tf.reshape<tf.Rank.R1>(row, [-1]));
}

/**
 * Reads data between its pixels.
 *
 * @param data  (N, H, W, C)
 * @param grid  (N, 2, P, Q): x and y, -1 and 1 the first and last pixel.
 * @returns (N, P, Q, C)
 */
export function bilinearSampling(data: tf.Tensor, grid: tf.Tensor): tf.Tensor {
  const read = corners(data, grid).map(({ row, weight }) => tf.mul(gathered(data, row), weight));
  const [batch = 1, , height = 1, width = 1] = grid.shape;
  return tf.reshape(tf.addN(read), [batch, height, width, data.shape.at(-1) ?? 1]);
}

export interface BilinearSamplingGradient {
  readonly data: tf.Tensor | undefined;
  readonly grid: tf.Tensor | undefined;
}

/** The gradients of `bilinearSampling` that are wanted; `dy` is (N, P, Q, C). */
export function bilinearSamplingGradient(
  dy: tf.Tensor,
  data: tf.Tensor,
  grid: tf.Tensor,
  wanted: { readonly data: boolean; readonly grid: boolean },
): BilinearSamplingGradient {
  const [, height = 1, width = 1, channels = 1] = data.shape;
  const [batch = 1, , rows = 1, columns = 1] = grid.shape;
  const flat = tf.reshape(dy, [-1, channels]);
  const around = corners(data, grid);
  const dData = () => {
    const row = tf.concat(around.map((corner) => corner.row));
    const updates = tf.concat(around.map(({ weight }) => tf.mul(flat, weight)));
    return tf.reshape(tf.scatterND(row, updates, [data.size / channels, channels]), data.shape);
  };
  const dGrid = () => {
    const shares = around.map(({ row }) => tf.sum(tf.mul(flat, gathered(data, row)), 1, true));
    const along = (slope: "slopeX" | "slopeY", size: number) => {
      const sum = tf.addN(shares.map((share, i) => tf.mul(share, around[i]?.[slope] ?? 0)));
      return tf.reshape(tf.mul(sum, (size - 1) / 2), [batch, 1, rows, columns]);
    };
    return tf.concat([along("slopeX", width), along("slopeY", height)], 1);
  };
  return { data: wanted.data ? dData() : undefined, grid: wanted.grid ? dGrid() : undefined };
}
