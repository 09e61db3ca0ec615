import type { Shape } from "@mxgraft/base";
import type { GraphBuilder, GraphValue } from "@mxgraft/operator";
import { add, binary, cast, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, reshapedLike, shapeOf } from "../shapes.ts";

/** One of the four pixels around each place, as (N P Q, 1) but for the row. */
interface Corner {
  /** Its row in data as (N H W, C): (N P Q) int32 */
  readonly row: GraphValue;
  /** How much it counts; 0 outside of data. */
  readonly weight: GraphValue;
  /** d weight / dx and d weight / dy, in pixels. */
  readonly slopeX: GraphValue;
  readonly slopeY: GraphValue;
}

interface Neighbour {
  readonly index: GraphValue;
  readonly weight: GraphValue;
  readonly slope: GraphValue;
}

/** Data (N, H, W, C), read at the places of a grid (N, 2, P, Q): x and y, -1 and 1 the first and last pixel. */
export interface Sampling {
  readonly data: GraphValue;
  readonly grid: GraphValue;
  /** MXNet's (N, C, H, W) and (N, 2, P, Q). */
  readonly dataShape: Shape;
  readonly gridShape: Shape;
}

/** The two pixels beside each place along one axis of data. */
function neighbours(graph: GraphBuilder, place: GraphValue, size: number): Neighbour[] {
  const low = unary(graph, "Floor", place);
  const part = sub(graph, place, low);
  return [0, 1].map((step) => {
    const index = step === 0 ? low : add(graph, low, 1);
    const clipped = graph.one("ClipByValue", [index, graph.constant(0), graph.constant(size - 1)]);
    const inside = cast(graph, binary(graph, "Equal", index, clipped), "float32");
    return {
      index: cast(graph, clipped, "int32"),
      weight: mul(graph, step === 0 ? sub(graph, 1, part) : part, inside),
      slope: step === 0 ? unary(graph, "Neg", inside) : inside,
    };
  });
}

function column(graph: GraphBuilder, x: GraphValue): GraphValue {
  return graph.one("Reshape", [x, integers(graph, [-1, 1])]);
}

function corners(graph: GraphBuilder, { data, grid, dataShape, gridShape }: Sampling): Corner[] {
  const [, , height = 1, width = 1] = dataShape;
  const [, , rows = 1, columns = 1] = gridShape;
  const [gridX, gridY] = graph.node("Split", [graph.constant(1, "int32"), grid], { num_split: 2 });
  // In pixels, (N, P Q).
  const places = (along: GraphValue | undefined, size: number) => {
    const flat = graph.one("Reshape", [given(along, "the grid along an axis"), integers(graph, [-1, rows * columns])]);
    return mul(graph, add(graph, flat, 1), (size - 1) / 2);
  };
  const batch = graph.one("StridedSlice", [shapeOf(graph, data), ...[0, 1, 1].map((at) => integers(graph, [at]))], {
    shrink_axis_mask: 1,
  });
  const samples = graph.one("Range", [graph.constant(0, "int32"), batch, graph.constant(1, "int32")]);
  const first = mul(graph, column(graph, samples), height * width);
  const acrossX = neighbours(graph, places(gridX, width), width);
  return neighbours(graph, places(gridY, height), height).flatMap((y) => {
    const start = add(graph, first, mul(graph, y.index, width));
    return acrossX.map((x) => ({
      row: graph.one("Reshape", [add(graph, start, x.index), integers(graph, [-1])]),
      weight: column(graph, mul(graph, y.weight, x.weight)),
      slopeX: column(graph, mul(graph, y.weight, x.slope)),
      slopeY: column(graph, mul(graph, y.slope, x.weight)),
    }));
  });
}

/** Data as (N H W, C). */
function pixels(graph: GraphBuilder, x: GraphValue, [, channels = 1]: Shape): GraphValue {
  return graph.one("Reshape", [x, integers(graph, [-1, channels])]);
}

function gathered(graph: GraphBuilder, from: GraphValue, row: GraphValue): GraphValue {
  return graph.one("GatherV2", [from, row, graph.constant(0, "int32")]);
}

/** Reads data between its pixels: (N, P, Q, C). */
export function bilinearSampling(graph: GraphBuilder, sampling: Sampling): GraphValue {
  const [, channels = 1] = sampling.dataShape;
  const [, , rows = 1, columns = 1] = sampling.gridShape;
  const from = pixels(graph, sampling.data, sampling.dataShape);
  const read = corners(graph, sampling).map(({ row, weight }) => mul(graph, gathered(graph, from, row), weight));
  return graph.one("Reshape", [graph.one("AddN", [read]), integers(graph, [-1, rows, columns, channels])]);
}

/** The gradients of `bilinearSampling` for `dy` (N, P, Q, C). */
export function bilinearSamplingGradient(
  graph: GraphBuilder,
  dy: GraphValue,
  sampling: Sampling,
): { data(): GraphValue; grid(): GraphValue } {
  const { data, dataShape, gridShape } = sampling;
  const [, , height = 1, width = 1] = dataShape;
  const [, , rows = 1, columns = 1] = gridShape;
  const flat = pixels(graph, dy, dataShape);
  const from = pixels(graph, data, dataShape);
  const around = corners(graph, sampling);
  const joined = (parts: GraphValue[], axis: number) => graph.one("ConcatV2", [parts, graph.constant(axis, "int32")]);
  return {
    data() {
      const row = joined(
        around.map((corner) => corner.row),
        0,
      );
      const updates = joined(
        around.map(({ weight }) => mul(graph, flat, weight)),
        0,
      );
      const [count] = graph.node("Split", [graph.constant(0, "int32"), shapeOf(graph, from)], { num_split: 2 });
      const number = graph.one("Reshape", [given(count, "the number of pixels"), integers(graph, [])]);
      return reshapedLike(graph, graph.one("UnsortedSegmentSum", [updates, row, number]), data);
    },
    grid() {
      const shares = around.map(({ row }) =>
        graph.one("Sum", [mul(graph, flat, gathered(graph, from, row)), integers(graph, [1])], { keep_dims: true }),
      );
      const along = (slope: "slopeX" | "slopeY", size: number) => {
        const parts = around.map((corner, i) => mul(graph, given(shares[i], "a share"), corner[slope]));
        const sum = mul(graph, graph.one("AddN", [parts]), (size - 1) / 2);
        return graph.one("Reshape", [sum, integers(graph, [-1, 1, rows, columns])]);
      };
      return joined([along("slopeX", width), along("slopeY", height)], 1);
    },
  };
}
