import { FormatError } from "@mxgraft/base";
import type { StateCell } from "@mxgraft/executor";
import { readStates, type OptimizerState as SavedState, toDense, writeStates } from "@mxgraft/files";
import type { Optimizer } from "./optimizer.ts";
import { cellsOf, isStateList, type OptimizerState, type ParameterIndex } from "./optimizer-state.ts";

function isSavedList(state: SavedState): state is readonly SavedState[] {
  return Array.isArray(state);
}

/**
 * Runs an optimizer over parameters and keeps their slots, as MXNet's `get_updater`:
 *
 *   const updater = new Updater(createOptimizer("sgd", { momentum: 0.9 }));
 *   updater.update(0, grad, weight);
 */
export class Updater {
  readonly optimizer: Optimizer;
  readonly #states = new Map<ParameterIndex, OptimizerState>();
  /** States that were loaded for parameters which have not been updated since. */
  readonly #loaded = new Map<ParameterIndex, SavedState>();

  constructor(optimizer: Optimizer) {
    this.optimizer = optimizer;
  }

  /** The slots by index of the parameter. */
  get states(): ReadonlyMap<ParameterIndex, OptimizerState> {
    return this.#states;
  }

  /** Moves a weight by its gradient; makes its slots at the first update. */
  update(index: ParameterIndex, grad: StateCell, weight: StateCell): void {
    let state = this.#states.get(index);
    if (state === undefined) {
      state = this.optimizer.createState(index, weight);
      this.#states.set(index, state);
      const loaded = this.#loaded.get(index);
      if (loaded !== undefined) setState(state, loaded, `parameter ${JSON.stringify(index)}`);
      this.#loaded.delete(index);
    }
    this.optimizer.update(index, weight, grad, state);
  }

  /** All slots as host arrays, nested as in memory: what a `.states` file holds. */
  async saveStates(): Promise<Map<ParameterIndex, SavedState>> {
    const saved = new Map<ParameterIndex, SavedState>();
    for (const [index, state] of this.#states) saved.set(index, await toSaved(state));
    for (const [index, state] of this.#loaded) saved.set(index, state);
    return saved;
  }

  /**
   * Goes on from slots that `saveStates` gave.
   *
   * @throws FormatError  they are nested otherwise than this optimizer's: they belong to another.
   * @throws ShapeError   a slot has another shape.
   */
  loadStates(saved: ReadonlyMap<ParameterIndex, SavedState>): void {
    for (const [index, loaded] of saved) {
      const state = this.#states.get(index);
      if (state === undefined) this.#loaded.set(index, loaded);
      else setState(state, loaded, `parameter ${JSON.stringify(index)}`);
    }
  }

  /** The bytes of a `.states` file. */
  async getStates(): Promise<Uint8Array> {
    return writeStates(await this.saveStates());
  }

  /** Goes on from the bytes of a `.states` file; see `loadStates`. */
  setStates(bytes: Uint8Array, options: { readonly file?: string } = {}): void {
    this.loadStates(readStates(bytes, options).states);
  }

  /** Frees the slots, and what the optimizer keeps besides them. */
  dispose(): void {
    for (const state of this.#states.values()) for (const cell of cellsOf(state)) cell.dispose();
    this.#states.clear();
    this.#loaded.clear();
    this.optimizer.dispose();
  }
}

async function toSaved(state: OptimizerState): Promise<SavedState> {
  if (state === null) return null;
  if (isStateList(state)) return Promise.all(state.map(toSaved));
  return state.toHost();
}

function structureOf(state: OptimizerState | SavedState): string {
  if (state === null) return "nothing";
  return Array.isArray(state) ? `(${state.map(structureOf).join(", ")})` : "an array";
}

function setState(state: OptimizerState, saved: SavedState, subject: string): void {
  if (state === null && saved === null) return;
  if (state !== null && saved !== null) {
    if (isStateList(state)) {
      if (isSavedList(saved) && saved.length === state.length) {
        for (const [i, part] of state.entries()) setState(part, saved[i] ?? null, subject);
        return;
      }
    } else if (!isSavedList(saved)) {
      state.set(toDense(saved));
      return;
    }
  }
  throw new FormatError(
    `The saved optimizer state of ${subject} is ${structureOf(saved)}, expected ${structureOf(state)}; it belongs to another optimizer, or to one with other options.`,
    { argument: subject },
  );
}
