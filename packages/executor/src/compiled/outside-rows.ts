import type { Shape } from "@mxgraft/base";
import type { GraphState, GraphValue } from "@mxgraft/operator";
import type { VariableCell } from "@mxgraft/tfjs";
import { NotCompilableError } from "./not-compilable.ts";
import type { ArgumentSource, PartDraft } from "./part-draft.ts";

/**
 * A table in a variable that the graph does not see: its rows are gathered before a run, and what is to be added to them
 * is given back. So a run costs what its batch costs, whatever the size of the table.
 */
export class OutsideRows implements GraphState {
  readonly shape: Shape;
  readonly #part: PartDraft;
  readonly #cell: VariableCell;
  #hasMoved = false;

  constructor(part: PartDraft, cell: VariableCell) {
    this.#part = part;
    this.#cell = cell;
    this.shape = cell.shape;
  }

  get handle(): never {
    return this.#refuse("as a variable");
  }

  read(): never {
    return this.#refuse("whole");
  }

  write(): never {
    return this.#refuse("whole");
  }

  gather(indices: GraphValue): GraphValue {
    if (this.#hasMoved) this.#refuse("after a change in the same run");
    return this.#part.argument({ kind: "rows", cell: this.#cell, indices: this.#argumentOf(indices) }, "float32");
  }

  scatterAdd(indices: GraphValue, updates: GraphValue): void {
    this.#hasMoved = true;
    this.#part.result({ kind: "rows", cell: this.#cell, indices: this.#argumentOf(indices) }, updates);
  }

  #argumentOf(indices: GraphValue): number {
    const index = this.#part.graph.argumentBehind(indices);
    const source = index === undefined ? undefined : this.#part.arguments[index];
    const kinds: readonly (ArgumentSource["kind"] | undefined)[] = ["fed", "state", "value"];
    if (index === undefined || !kinds.includes(source?.kind)) return this.#refuse("by computed indices");
    return index;
  }

  #refuse(how: string): never {
    throw new NotCompilableError(`it uses "${this.#cell.name}" ${how}, which a session cannot`);
  }
}
