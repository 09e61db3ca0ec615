export interface CtcProblem {
  /** (T, N, C), before the softmax. */
  readonly data: Float32Array;
  readonly steps: number;
  readonly batch: number;
  readonly classes: number;
  /** Labels of each sample, without padding. */
  readonly labels: readonly (readonly number[])[];
  /** Steps of each sample that count. */
  readonly lengths: readonly number[];
  readonly blank: number;
}

export interface CtcResult {
  /** (N): -log of the probability of the labels. */
  readonly losses: Float32Array;
  /** (T, N, C): the gradient of the losses. */
  readonly gradient: Float32Array;
}

function logAdd(a: number, b: number): number {
  const high = Math.max(a, b);
  return high === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high));
}

/** The labels with a blank before, between and after them. */
function withBlanks(labels: readonly number[], blank: number): number[] {
  return [blank, ...labels.flatMap((label) => [label, blank])];
}

/** Whether a path may come to state s from s - 2: over a blank between two different labels. */
function skips(states: readonly number[], s: number, blank: number): boolean {
  return s >= 2 && states[s] !== blank && states[s] !== states[s - 2];
}

/** log of the sum over all paths from the start to state s at step t, for all t and s: (T, S). */
function forwardSums(logits: Float64Array, classes: number, states: readonly number[], steps: number, blank: number) {
  const count = states.length;
  const sums = new Float64Array(steps * count).fill(Number.NEGATIVE_INFINITY);
  for (let t = 0; t < steps; t++) {
    for (let s = 0; s < count; s++) {
      let sum = s < 2 && t === 0 ? 0 : Number.NEGATIVE_INFINITY;
      if (t > 0) {
        const before = (t - 1) * count + s;
        sum = sums[before] ?? 0;
        if (s >= 1) sum = logAdd(sum, sums[before - 1] ?? 0);
        if (skips(states, s, blank)) sum = logAdd(sum, sums[before - 2] ?? 0);
      }
      sums[t * count + s] = sum + (logits[t * classes + (states[s] ?? 0)] ?? 0);
    }
  }
  return sums;
}

/** log of the sum over all paths from state s after step t to the end, for all t and s: (T, S). */
function backwardSums(logits: Float64Array, classes: number, states: readonly number[], steps: number, blank: number) {
  const count = states.length;
  const sums = new Float64Array(steps * count).fill(Number.NEGATIVE_INFINITY);
  const next = (t: number, s: number) =>
    s < count
      ? (sums[(t + 1) * count + s] ?? 0) + (logits[(t + 1) * classes + (states[s] ?? 0)] ?? 0)
      : Number.NEGATIVE_INFINITY;
  for (let t = steps - 1; t >= 0; t--) {
    for (let s = 0; s < count; s++) {
      let sum = s >= count - 2 && t === steps - 1 ? 0 : Number.NEGATIVE_INFINITY;
      if (t < steps - 1) {
        sum = logAdd(next(t, s), next(t, s + 1));
        if (s + 2 < count && skips(states, s + 2, blank)) sum = logAdd(sum, next(t, s + 2));
      }
      sums[t * count + s] = sum;
    }
  }
  return sums;
}

/**
 * CTC of a batch on the host: the losses and their gradient,
 *
 *   d loss / d data[t, c] = softmax(data[t])[c] - (share of the paths that are at class c at step t)
 */
export function ctc({ data, steps, batch, classes, labels, lengths, blank }: CtcProblem): CtcResult {
  const losses = new Float32Array(batch);
  const gradient = new Float32Array(data.length);
  for (let n = 0; n < batch; n++) {
    const length = Math.min(lengths[n] ?? steps, steps);
    const states = withBlanks(labels[n] ?? [], blank);
    const logits = new Float64Array(length * classes);
    for (let t = 0; t < length; t++) {
      const row = data.subarray((t * batch + n) * classes, (t * batch + n + 1) * classes);
      const high = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
      const total = high + Math.log(row.reduce((sum, x) => sum + Math.exp(x - high), 0));
      for (let c = 0; c < classes; c++) logits[t * classes + c] = (row[c] ?? 0) - total;
    }
    const before = forwardSums(logits, classes, states, length, blank);
    const after = backwardSums(logits, classes, states, length, blank);
    const last = length * states.length;
    const whole = logAdd(before[last - 1] ?? 0, states.length > 1 ? (before[last - 2] ?? 0) : Number.NEGATIVE_INFINITY);
    losses[n] = -whole;
    for (let t = 0; t < length; t++) {
      const at = (t * batch + n) * classes;
      for (let c = 0; c < classes; c++) gradient[at + c] = Math.exp(logits[t * classes + c] ?? 0);
      // Without any path the loss is infinite; the softmax alone is what is left of the gradient.
      if (whole === Number.NEGATIVE_INFINITY) continue;
      for (const [s, c] of states.entries()) {
        const share = Math.exp((before[t * states.length + s] ?? 0) + (after[t * states.length + s] ?? 0) - whole);
        gradient[at + c] = (gradient[at + c] ?? 0) - share;
      }
    }
  }
  return { losses, gradient };
}
