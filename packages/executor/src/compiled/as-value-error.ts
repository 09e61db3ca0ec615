import { ValueError } from "@mxgraft/base";

/** INVALID_ARGUMENT and OUT_OF_RANGE, by which TensorFlow's operators refuse values that they find as they run. */
const STATUSES = ["Invalid TF_Status: 3\n", "Invalid TF_Status: 11\n"];
const MESSAGE = "Message: ";

/**
 * The error of a function of TensorFlow as one of ours, when it is about a value that an array holds, such as a label
 * that is no class index; any other error as it is.
 */
export function asValueError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { message } = error;
  if (!STATUSES.some((status) => message.startsWith(status))) return error;
  const [first = ""] = message.slice(message.indexOf(MESSAGE) + MESSAGE.length).split("\n");
  // Names of functions and nodes that only TensorFlow knows: "{{function_node mxgraft_function_52}} text".
  const names = first.lastIndexOf("}} ");
  return new ValueError(names < 0 ? first : first.slice(names + 3), {}, { cause: error });
}
