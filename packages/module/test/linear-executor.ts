import { float32Array, type HostArray, type RandomState, type Shape } from "@mxgraft/base";
import type { StateCell } from "@mxgraft/executor";

// Takes the place of @mxgraft/executor in the tests of this package, which may import neither operators nor a backend:
// the graph  line = data * fc_weight^T + fc_bias,  loss 1/2 sum (line - line_label)^2,  and MXNet's update rules, in
// plain loops. The same with real kernels is the conformance runner's.

type VariableCell = Extract<StateCell, { kind: "variable" }>;

export class Cell implements VariableCell {
  readonly kind = "variable";
  readonly dtype = "float32";
  readonly name: string;
  readonly shape: Shape;
  values: Float32Array;
  disposed = false;

  constructor(name: string, shape: Shape) {
    this.name = name;
    this.shape = shape;
    this.values = float32Array(shape).data;
  }

  get variable(): never {
    throw new Error("the tests have no backend");
  }

  async toHost(): Promise<HostArray> {
    return float32Array(this.shape, this.values);
  }

  set(array: HostArray): void {
    this.values = Float32Array.from(array.data, Number);
  }

  dispose(): void {
    this.disposed = true;
  }
}

export interface Bound {
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly gradReq: string | Readonly<Record<string, string>>;
  readonly seed: number | RandomState;
  readonly shared?: Executor;
}

/** What the module asked for, in order. */
export const bound: Bound[] = [];

export class Executor {
  readonly argCells = new Map<string, Cell>();
  readonly gradCells = new Map<string, Cell>();
  readonly auxCells = new Map<string, Cell>();
  randomState: RandomState = { generator: [1, 2, 3, 4] };
  readonly options: Bound;
  readonly outputs: { name: string; shape: Shape; dtype: string; toHost(): Promise<HostArray> }[];
  line = new Float32Array();
  ran = false;
  readonly compilation = { mode: "eager", eagerNodes: [] };

  constructor(options: Bound) {
    this.options = options;
    const [rows = 0, columns = 0] = options.shapes.data ?? [];
    const shapes = { data: [rows, columns], fc_weight: [1, columns], fc_bias: [1], line_label: [rows], seen_bias: [1] };
    for (const [name, shape] of Object.entries(shapes)) {
      const cells = name === "seen_bias" ? this.auxCells : this.argCells;
      const present = (name === "seen_bias" ? options.shared?.auxCells : options.shared?.argCells)?.get(name);
      cells.set(name, present && String(present.shape) === String(shape) ? present : new Cell(name, shape));
      const req = typeof options.gradReq === "string" ? options.gradReq : options.gradReq[name];
      if (name !== "seen_bias" && req !== undefined && req !== "null") {
        this.gradCells.set(name, options.shared?.gradCells.get(name) ?? new Cell(name, shape));
      }
    }
    const output = { name: "line_output", shape: [rows, 1], dtype: "float32" };
    this.outputs = [{ ...output, toHost: async () => float32Array(output.shape, this.line) }];
  }

  of(name: string): Float32Array {
    return (this.argCells.get(name) ?? this.auxCells.get(name))?.values ?? new Float32Array();
  }

  async forward({ inputs }: { isTrain: boolean; inputs: Record<string, HostArray> }): Promise<boolean> {
    for (const [name, array] of Object.entries(inputs)) this.argCells.get(name)?.set(array);
    const [rows = 0, columns = 0] = this.options.shapes.data ?? [];
    const [data, weight, [bias = 0]] = [this.of("data"), this.of("fc_weight"), this.of("fc_bias")];
    this.line = Float32Array.from({ length: rows }, (_, i) => {
      let sum = bias;
      for (let k = 0; k < columns; k++) sum += (data[i * columns + k] ?? 0) * (weight[k] ?? 0);
      return sum;
    });
    this.ran = true;
    return false;
  }

  readonly sumsNeedFetch = false;

  /** No step adds to sums. */
  takeSums() {
    return { steps: 0, values: [] };
  }

  /** As an executor that is not compiled. */
  async trainStep(): Promise<undefined> {
    return undefined;
  }

  async backward(): Promise<void> {
    const columns = this.options.shapes.data?.[1] ?? 0;
    const [data, label] = [this.of("data"), this.of("line_label")];
    const grads = {
      fc_weight: new Float32Array(columns),
      fc_bias: new Float32Array(1),
      data: new Float32Array(data.length),
    };
    for (const [i, line] of this.line.entries()) {
      const diff = line - (label[i] ?? 0);
      grads.fc_bias[0] = (grads.fc_bias[0] ?? 0) + diff;
      for (let k = 0; k < columns; k++) {
        grads.fc_weight[k] = (grads.fc_weight[k] ?? 0) + diff * (data[i * columns + k] ?? 0);
        grads.data[i * columns + k] = diff * (this.of("fc_weight")[k] ?? 0);
      }
    }
    for (const [name, values] of Object.entries(grads)) {
      const cell = this.gradCells.get(name);
      if (cell) cell.values = values;
    }
    const [seen = 0] = this.of("seen_bias");
    this.auxCells.get("seen_bias")?.set(float32Array([1], [seen + 1]));
  }

  reshape(shapes: Record<string, Shape>): Executor {
    return simpleBind(null, { ...this.options, shapes: { ...this.options.shapes, ...shapes }, shared: this });
  }

  dispose(): void {
    for (const cell of [...this.argCells.values(), ...this.gradCells.values()]) cell.dispose();
  }
}

export function simpleBind(_symbol: unknown, options: Bound): Executor {
  bound.push(options);
  return new Executor(options);
}

export function zerosLike(cell: Cell, name: string): Cell {
  return new Cell(name, cell.shape);
}

type AttributeName =
  | "lr"
  | "wd"
  | "rescale_grad"
  | "clip_gradient"
  | "clip_grad"
  | "clip_weights"
  | "momentum"
  | "beta"
  | "beta1"
  | "beta2"
  | "epsilon"
  | "gamma1"
  | "gamma2"
  | "lamda1"
  | "wd_lh"
  | "t"
  | "scalar"
  | "a_min"
  | "a_max";
type Attributes = Readonly<Record<AttributeName, number>>;
type Element = (
  w: number,
  g: number,
  slots: [number, number, number],
  a: Attributes,
) => [weight: number, ...slots: number[]];

const clip = (value: number, bound: number) => (bound >= 0 ? Math.max(-bound, Math.min(bound, value)) : value);
const scaled = (g: number, a: Attributes) => a.rescale_grad * g;

/** MXNet's documentation of the rules (optimizer_op-inl.h), for one element. */
const rules: Readonly<Record<string, Element>> = {
  sgd_update: (w, g, _, a) => [w - a.lr * (clip(scaled(g, a), a.clip_gradient) + a.wd * w)],
  sgd_mom_update: (w, g, [m], a) => {
    const next = a.momentum * m - a.lr * (clip(scaled(g, a), a.clip_gradient) + a.wd * w);
    return [w + next, next];
  },
  nag_mom_update: (w, g, [m], a) => {
    const step = (weight: number) => a.lr * (clip(scaled(g, a), a.clip_gradient) + a.wd * weight);
    const next = w + a.momentum * (a.momentum * m - step(w)) - step(w);
    return [next, a.momentum * m - step(next)];
  },
  adam_update: (w, g, [m, v], a) => {
    const step = clip(scaled(g, a) + a.wd * w, a.clip_gradient);
    const mean = a.beta1 * m + (1 - a.beta1) * step;
    const variance = a.beta2 * v + (1 - a.beta2) * step * step;
    return [w - (a.lr * mean) / (Math.sqrt(variance) + a.epsilon), mean, variance];
  },
  rmsprop_update: (w, g, [n], a) => {
    const step = clip(scaled(g, a) + a.wd * w, a.clip_gradient);
    const next = a.gamma1 * n + (1 - a.gamma1) * step * step;
    return [clip(w - (a.lr * step) / Math.sqrt(next + a.epsilon), a.clip_weights), next];
  },
  rmspropalex_update: (w, g, [n, m, d], a) => {
    const step = clip(scaled(g, a) + a.wd * w, a.clip_gradient);
    const next = a.gamma1 * n + (1 - a.gamma1) * step * step;
    const mean = a.gamma1 * m + (1 - a.gamma1) * step;
    const delta = a.gamma2 * d - (a.lr * step) / Math.sqrt(next - mean * mean + a.epsilon);
    return [clip(w + delta, a.clip_weights), next, mean, delta];
  },
  signsgd_update: (w, g, _, a) => [(1 - a.lr * a.wd) * w - a.lr * Math.sign(g)],
  signum_update: (w, g, [m], a) => {
    const next = a.momentum * m - (1 - a.momentum) * (clip(scaled(g, a), a.clip_gradient) + a.wd * w);
    return [(1 - a.lr * a.wd_lh) * w + a.lr * Math.sign(next), next];
  },
  ftml_update: (w, g, [d, v, z], a) => {
    const step = clip(scaled(g, a) + a.wd * w, a.clip_grad);
    const v1 = a.beta2 * v + (1 - a.beta2) * step * step;
    const d1 = ((1 - a.beta1 ** a.t) / a.lr) * (Math.sqrt(v1 / (1 - a.beta2 ** a.t)) + a.epsilon);
    const z1 = a.beta1 * z + (1 - a.beta1) * step - (d1 - a.beta1 * d) * w;
    return [-z1 / d1, d1, v1, z1];
  },
  ftrl_update: (w, g, [z, n], a) => {
    const step = clip(scaled(g, a), a.clip_gradient);
    const z1 = z + step - ((Math.sqrt(n + step * step) - Math.sqrt(n)) * w) / a.lr;
    const n1 = n + step * step;
    const moved = (Math.sign(z1) * a.lamda1 - z1) / ((a.beta + Math.sqrt(n1)) / a.lr + a.wd);
    return [Math.abs(z1) > a.lamda1 ? moved : 0, z1, n1];
  },
};

/** MXNet's elementwise operators, as documented. */
const elementwise: Readonly<Record<string, (left: number, right: number, a: Attributes) => number>> = {
  _copy: (left) => left,
  elemwise_add: (left, right) => left + right,
  elemwise_sub: (left, right) => left - right,
  elemwise_mul: (left, right) => left * right,
  elemwise_div: (left, right) => left / right,
  _maximum: (left, right) => Math.max(left, right),
  _plus_scalar: (left, _, { scalar }) => left + scalar,
  _mul_scalar: (left, _, { scalar }) => left * scalar,
  square: (left) => left * left,
  sqrt: (left) => Math.sqrt(left),
  abs: (left) => Math.abs(left),
  clip: (left, _, { a_min, a_max }) => Math.max(a_min, Math.min(a_max, left)),
};

export function invoke(
  operator: string,
  { inputs, attributes, out }: { inputs: readonly Cell[]; attributes: Attributes; out: Cell },
): void {
  const [weight, grad, ...slots] = inputs;
  const element = elementwise[operator];
  if (element && weight) {
    out.values = weight.values.map((value, i) => element(value, grad?.values[i] ?? 0, attributes));
    return;
  }
  const rule = rules[operator];
  if (!rule || !weight || !grad) throw new Error(`the tests have no operator ${operator}`);
  for (const i of weight.values.keys()) {
    const [next, ...nextSlots] = rule(
      weight.values[i] ?? 0,
      grad.values[i] ?? 0,
      [slots[0]?.values[i] ?? 0, slots[1]?.values[i] ?? 0, slots[2]?.values[i] ?? 0],
      attributes,
    );
    out.values[i] = next;
    for (const [k, slot] of slots.entries()) slot.values[i] = nextSlots[k] ?? 0;
  }
}

/** It says nothing of how it runs. */
export function describeCompilation(): string[] {
  return [];
}
