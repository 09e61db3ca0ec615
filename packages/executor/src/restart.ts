import { BackendError, type Random, type RandomState } from "@mxgraft/base";
import type { StateCell } from "@mxgraft/tfjs";
import type { CarrierError } from "./carrier-error.ts";
import type { ExecutionMode } from "./execution-mode.ts";
import { SavedCells } from "./saved-cells.ts";

/** The steps, fused or compiled, that a pass runs one after the other; the same array each time. */
type PassParts = readonly unknown[];

interface RunStart {
  readonly random: RandomState;
  readonly parts: PassParts;
  /** What the run may change; absent where all its parts are known to run, or none does if the first is refused. */
  readonly cells: SavedCells | undefined;
}

/**
 * Where the last run of forward began, should it have to be run again: after an evaluation that kept nothing for
 * backward, or because TensorFlow looks into a graph only when it is called, and refuses it then.
 */
export class Restart {
  readonly #random: Random;
  readonly #mode: ExecutionMode;
  /** The cells that forward changes: states, and arguments that it overwrites. */
  readonly #changing: ReadonlySet<StateCell>;
  /** Lists of parts that ran to their end: of backward, and of a forward, in training once backward ran behind it. */
  readonly #proven = new WeakSet<PassParts>();
  #start: RunStart | undefined;

  constructor(random: Random, mode: ExecutionMode, changing: ReadonlySet<StateCell>) {
    this.#random = random;
    this.#mode = mode;
    this.#changing = changing;
  }

  /** Whether all parts are known to run, so that nothing has to be saved before them. */
  isProven(parts: PassParts): boolean {
    return this.#proven.has(parts);
  }

  /**
   * Notes that a run begins, and saves what it changes if that may be needed.
   *
   * @param random      where its random numbers begin.
   * @param mayBeAgain  whether a part may be refused when others have run.
   */
  async begin(parts: PassParts, random: RandomState, mayBeAgain: boolean): Promise<void> {
    const saves = mayBeAgain && !this.isProven(parts);
    this.#start = { random, parts, cells: saves ? await SavedCells.of(this.#changing) : undefined };
  }

  /** Until the next run begins there is nothing to go back to. */
  forget(): void {
    this.#start = undefined;
  }

  /** Puts random numbers, and states where they were saved, back to where the run began. */
  goBack(): void {
    if (this.#start === undefined) return;
    this.#random.restore(this.#start.random);
    this.#start.cells?.restore();
  }

  /** From now on nothing is saved before the parts of the run, nor before these that ran behind it. */
  prove(behind?: PassParts): void {
    if (behind !== undefined) this.#proven.add(behind);
    if (this.#start === undefined) return;
    this.#proven.add(this.#start.parts);
    this.#start = { ...this.#start, cells: undefined };
  }

  /** @throws BackendError  the run, which a later part broke off, has changed a cell of which there is no copy. */
  requireSaved(pass: "Forward" | "Backward", { message }: CarrierError): void {
    // A single part that is refused has changed nothing.
    if (pass === "Forward" && (this.#start === undefined || this.#start.parts.length === 1)) return;
    const [changed] = this.#changing;
    const saved = this.#start?.cells;
    const lost = saved === undefined ? changed?.name : saved.table;
    if (lost === undefined) return;
    throw new BackendError(
      `${pass} cannot run compiled: ${message}. Forward has changed "${lost}" and is not run a second time. Bind the symbol with mode "eager", or set MXGRAFT_MODE=eager.`,
      { argument: "mode", actual: this.#mode, expected: "eager" },
    );
  }
}
