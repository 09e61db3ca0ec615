import { BackendError, invariant, Random, UsageError } from "@mxgraft/base";
import { operators } from "@mxgraft/operator";
import { createTensorCell, kernelFor, type StateCell, type TensorCell, type TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { capture } from "./capture-invocations.ts";

export interface InvokeOptions {
  /** The arguments of the operator, in order, all in one layout where their shapes agree. */
  readonly inputs: readonly StateCell[];
  /** Typed attributes, all of them, as the spec parses them. */
  readonly attributes: object;
  /** Where the first output goes; may be one of the inputs. */
  readonly out: StateCell;
  /** For operators that draw random numbers. */
  readonly random?: Random;
}

/**
 * Runs an operator on cells, without a graph: how optimizers call update rules. The first output goes to `out`, new
 * values of arguments that the operator overwrites go to their cells.
 *
 * @throws UsageError    a cell is not kept in a tensor.
 * @throws BackendError  the operator has no kernel on the current backend.
 */
export function invoke(operator: string, options: InvokeOptions): void {
  if (capture(operator, options)) return;
  const { inputs, attributes, out, random } = options;
  const spec = operators.get(operator);
  const cells = inputs.map((cell) => tensorCell(operator, cell));
  const kernel: TfjsKernel = kernelFor({ spec, attributes, custom: false }, tf.getBackend(), [], []);
  if (kernel.asynchronous) {
    throw new BackendError(
      `Operator "${operator}" waits for the backend and cannot be invoked by itself; bind it in a graph.`,
      {
        operator,
      },
    );
  }
  const target = tensorCell(operator, out);
  const results = tf.tidy(() => {
    const returned = kernel.forward({
      attributes,
      inputs: cells.map((cell) => cell.read()),
      states: [],
      outputShapes: [target.shape],
      isTrain: false,
      random: random ?? new Random(0),
    });
    invariant(!(returned instanceof Promise), `kernel of ${operator} must say that it is asynchronous`);
    return [...returned];
  });
  const outputs = spec.outputs(attributes).length;
  const [first] = results;
  invariant(first, `kernel of ${operator} gave no output`);
  target.write(first);
  for (const [i, argument] of spec.mutates(attributes).entries()) {
    const value = results[outputs + i];
    if (value) cells[argument]?.write(value);
  }
}

function tensorCell(operator: string, cell: StateCell): TensorCell {
  if (cell.kind === "tensor") return cell;
  throw new UsageError(
    `${operator}: array "${cell.name}" is kept in a ${cell.kind} cell; only tensor cells can be invoked on.`,
    {
      operator,
      argument: cell.name,
    },
  );
}

/** A cell of zeros with the shape, type and layout of another: a slot of an optimizer. */
export function zerosLike(cell: StateCell, name: string): TensorCell {
  return createTensorCell(name, cell.shape, cell.dtype, cell.kind === "tensor" ? cell.layout : undefined);
}
