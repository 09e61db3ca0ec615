/** What an error is about, as data: tests and user interfaces read these fields and never parse the message. */
export interface ErrorFacts {
  /** Name of the graph node, e.g. `"conv0"`. */
  readonly node?: string;
  /** MXNet name of the operator, e.g. `"Convolution"`. */
  readonly operator?: string;
  /** Name of the argument, attribute, option or array concerned. */
  readonly argument?: string;
  /** File or folder concerned, as the caller named it. */
  readonly file?: string;
  /** Byte offset in the file, from 0. */
  readonly byte?: number;
  /** Row of a batch, from 0. */
  readonly row?: number;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/**
 * Base of every error that a caller can cause. Messages name the subject, what was found, what was expected and what
 * to do; the same facts are in `facts`. Faults of mxgraft itself come from `invariant` and are not of this class.
 */
export class MxgraftError extends Error {
  readonly facts: ErrorFacts;

  constructor(message: string, facts: ErrorFacts = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.facts = facts;
  }
}

/** Shapes that do not fit together, or stay unknown. */
export class ShapeError extends MxgraftError {}

/** A data type that an operator, file or backend cannot take. */
export class DTypeError extends MxgraftError {}

/** An operator attribute that is missing, unknown or cannot be parsed. */
export class AttributeError extends MxgraftError {}

/** A value out of the range that the computation allows, e.g. a label that is no class index. */
export class ValueError extends MxgraftError {}

/** A name that is not registered, or registered twice. */
export class RegistryError extends MxgraftError {}

/** A graph that cannot be built or read: unknown inputs, cycles, wrong arguments. */
export class GraphError extends MxgraftError {}

/** A file whose bytes are not what its format says. */
export class FormatError extends MxgraftError {}

/** A file that cannot be read or written. */
export class FileError extends MxgraftError {}

/** A call in the wrong order or with arguments that do not belong together. */
export class UsageError extends MxgraftError {}

/** A backend that is not there, or cannot do what was asked. */
export class BackendError extends MxgraftError {}
