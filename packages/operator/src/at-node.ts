import { MxgraftError } from "@mxgraft/base";

type ErrorClass = new (...args: ConstructorParameters<typeof MxgraftError>) => MxgraftError;

/**
 * Runs something for a node of a graph; an error a caller caused is thrown again with node and operator before its
 * message, `loss0 (centerloss): argument "label" has ...`, and in its facts.
 */
export function atNode<T>(node: string, operator: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw nodeError(node, operator, error);
  }
}

/** The error `atNode` throws in place of another; errors that already name a node, and foreign ones, stay as they are. */
export function nodeError(node: string, operator: string, error: unknown): unknown {
  if (!(error instanceof MxgraftError) || error.facts.node !== undefined) return error;
  // Every class of errors.ts takes the arguments of its base; a subclass elsewhere must do the same.
  const Class = error.constructor as ErrorClass;
  return new Class(
    `${node} (${operator}): ${error.message}`,
    { operator, ...error.facts, node },
    { cause: error.cause ?? error },
  );
}
