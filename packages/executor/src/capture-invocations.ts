import { UsageError } from "@mxgraft/base";
import type { StateCell } from "@mxgraft/tfjs";
import type { InvokeOptions } from "./invoke.ts";

/** A call of `invoke` that was noted down instead of run. */
export interface Invocation extends InvokeOptions {
  readonly operator: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

let capturing: Invocation[] | undefined;
const originals = new WeakMap<object, StateCell>();
/** Descriptions by cell: a step asks for the same ones as the step before. */
const descriptions = new WeakMap<StateCell, StateCell>();

/**
 * Runs `work` with all its calls of `invoke` noted down and none run. This is how a compiled step learns what an
 * optimizer does.
 *
 * @returns the calls, in order.
 */
export function captureInvocations(work: () => void): Invocation[] {
  const outer = capturing;
  const captured: Invocation[] = [];
  capturing = captured;
  try {
    work();
  } finally {
    capturing = outer;
  }
  return captured;
}

/** Takes a call of `invoke` if somebody is capturing. */
export function capture(operator: string, options: InvokeOptions): boolean {
  if (capturing === undefined) return false;
  const { inputs, attributes, out, random } = options;
  capturing.push({
    operator,
    inputs: inputs.map(cellBehind),
    attributes: { ...attributes },
    out: cellBehind(out),
    ...(random === undefined ? {} : { random }),
  });
  return true;
}

/** Somebody asked for the values of a cell of which there is only the description. */
export class UnreadableCellError extends UsageError {}

/**
 * A cell that can be handed to `invoke` while calls are captured, but not read or changed: whoever tries is no mere
 * sequence of operators.
 */
export function describedCell(cell: StateCell): StateCell {
  const known = descriptions.get(cell);
  if (known !== undefined) return known;
  const refuse = (): never => {
    throw new UnreadableCellError(`The values of "${cell.name}" are read or changed in JavaScript.`, {
      argument: cell.name,
    });
  };
  const facts = { name: cell.name, shape: cell.shape, dtype: cell.dtype, toHost: refuse, set: refuse, dispose: refuse };
  const layout = cell.kind === "tensor" ? cell.layout : undefined;
  const described: StateCell = {
    kind: "tensor",
    ...facts,
    layout,
    version: 0,
    read: refuse,
    write: refuse,
    handle: refuse,
  };
  originals.set(described, cell);
  descriptions.set(cell, described);
  return described;
}

function cellBehind(cell: StateCell): StateCell {
  return originals.get(cell) ?? cell;
}
