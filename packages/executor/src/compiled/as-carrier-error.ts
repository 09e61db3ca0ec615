import { CarrierError } from "../carrier-error.ts";

/** How TensorFlow begins to say that it does not know what is in a graph. */
const UNKNOWN = ["Op type not registered", "No OpKernel was registered", "NodeDef mentions attr"];

/** What is before it is the number of a status. */
const MESSAGE = "\nMessage: ";

/** What a session or a function said when TensorFlow did not take a graph, as an error that lets it run eagerly. */
export function asCarrierError(error: unknown): CarrierError {
  // The first sentence says it; advice for other programs follows.
  const [text = ""] = (error instanceof Error ? error.message : String(error)).split(MESSAGE).at(-1)?.split(". ") ?? [];
  return new CarrierError(`TensorFlow does not load the graph: ${text}`, {}, { cause: error });
}

/** Whether an error of a call means that TensorFlow does not take the graph, so that nothing of it has run. */
export function isUnknownGraph(error: unknown): error is Error {
  return error instanceof Error && UNKNOWN.some((words) => error.message.includes(words));
}
