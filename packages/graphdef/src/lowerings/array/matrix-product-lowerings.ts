import { normalizeAxis, type Shape, sizeOf } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type {
  BatchDotAttributes,
  DotAttributes,
  LinalgGemm2Attributes,
  LinalgGemmAttributes,
} from "@mxgraft/operators";
import { add, mul } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, reshaped } from "../shapes.ts";

interface Transposed {
  readonly transpose_a: boolean;
  readonly transpose_b: boolean;
}

/** A product of matrices, or of the matrices of two stacks. */
function product(graph: GraphBuilder, a: GraphValue, b: GraphValue, adj_x: boolean, adj_y: boolean): GraphValue {
  return graph.one("BatchMatMulV2", [a, b], { adj_x, adj_y });
}

/** The gradients of the factors of a product, each only if wanted. */
function productGradients(
  graph: GraphBuilder,
  dy: GraphValue,
  [a, b]: readonly [GraphValue, GraphValue],
  { transpose_a, transpose_b }: Transposed,
  [wantsA, wantsB]: readonly boolean[],
): [GraphValue | undefined, GraphValue | undefined] {
  const ofA = () =>
    transpose_a ? product(graph, b, dy, transpose_b, true) : product(graph, dy, b, false, !transpose_b);
  const ofB = () =>
    transpose_b ? product(graph, dy, a, true, transpose_a) : product(graph, a, dy, !transpose_a, false);
  return [wantsA ? ofA() : undefined, wantsB ? ofB() : undefined];
}

const factors = (inputs: readonly GraphValue[]) => [given(inputs[0], "A"), given(inputs[1], "B")] as const;

const batchDot: Lowering<BatchDotAttributes> = {
  forward({ graph, attributes: { transpose_a, transpose_b }, inputs }) {
    return [product(graph, ...factors(inputs), transpose_a, transpose_b)];
  },
  backward({ graph, attributes, inputs, headGradients: [dy], wanted }) {
    return dy ? productGradients(graph, dy, factors(inputs), attributes, wanted) : [];
  },
};

/** An array as the matrix whose rows (`first`) or columns are the axis that is summed over. */
function asMatrix(graph: GraphBuilder, x: GraphValue, shape: Shape, first: boolean): GraphValue {
  if (shape.length === 2) return x;
  return graph.one("Reshape", [x, integers(graph, [-1, first ? sizeOf(shape.slice(1)) : (shape.at(-1) ?? 1)])]);
}

function matrices(
  graph: GraphBuilder,
  inputs: readonly GraphValue[],
  [a = [], b = []]: readonly Shape[],
  { transpose_a, transpose_b }: Transposed,
) {
  const [lhs, rhs] = factors(inputs);
  return [asMatrix(graph, lhs, a, transpose_a), asMatrix(graph, rhs, b, !transpose_b)] as const;
}

const dot: Lowering<DotAttributes> = {
  forward({ graph, attributes, inputs, inputShapes, outputShapes: [output = []] }) {
    const { transpose_a, transpose_b } = attributes;
    const result = product(graph, ...matrices(graph, inputs, inputShapes, attributes), transpose_a, transpose_b);
    return [inputShapes.every(({ length }) => length === 2) ? result : reshaped(graph, result, output)];
  },
  backward({ graph, attributes, inputs, inputShapes, headGradients: [head], wanted }) {
    if (!head) return [];
    const [a = [], b = []] = inputShapes;
    const columns = attributes.transpose_b ? sizeOf(b.slice(0, -1)) : sizeOf(b.slice(1));
    const areMatrices = inputShapes.every(({ length }) => length === 2);
    const dy = areMatrices ? head : graph.one("Reshape", [head, integers(graph, [-1, columns])]);
    const gradients = productGradients(graph, dy, matrices(graph, inputs, inputShapes, attributes), attributes, wanted);
    return gradients.map((gradient, i) => gradient && reshaped(graph, gradient, i === 0 ? a : b));
  },
};

/** Rows anywhere but before the columns are recorded. */
function hasRowsBeforeColumns({ axis }: { readonly axis: number }, [a = []]: readonly Shape[]): boolean {
  return normalizeAxis(axis, a.length, 'attribute "axis"') === a.length - 2;
}

const gemm2: Lowering<LinalgGemm2Attributes> = {
  accepts: hasRowsBeforeColumns,
  forward({ graph, attributes: { transpose_a, transpose_b, alpha }, inputs }) {
    return [mul(graph, product(graph, ...factors(inputs), transpose_a, transpose_b), alpha)];
  },
  backward({ graph, attributes, inputs, headGradients: [dy], wanted }) {
    if (!dy) return [];
    return productGradients(graph, mul(graph, dy, attributes.alpha), factors(inputs), attributes, wanted);
  },
};

const gemm: Lowering<LinalgGemmAttributes> = {
  accepts: hasRowsBeforeColumns,
  forward({ graph, attributes: { transpose_a, transpose_b, alpha, beta }, inputs }) {
    const scaled = mul(graph, product(graph, ...factors(inputs), transpose_a, transpose_b), alpha);
    return [add(graph, scaled, mul(graph, given(inputs[2], "C"), beta))];
  },
  backward({ graph, attributes, inputs, headGradients: [dy], wanted }) {
    if (!dy) return [];
    const scaled = mul(graph, dy, attributes.alpha);
    const ofC = wanted[2] ? mul(graph, dy, attributes.beta) : undefined;
    return [...productGradients(graph, scaled, factors(inputs), attributes, wanted), ofC];
  },
};

/** Lowerings of products of matrices, by MXNet's names. */
export const matrixProductLowerings = { batch_dot: batchDot, dot, _linalg_gemm: gemm, _linalg_gemm2: gemm2 } as const;
