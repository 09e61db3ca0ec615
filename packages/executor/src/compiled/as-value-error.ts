import { ValueError } from "@mxgraft/base";

/** INVALID_ARGUMENT and OUT_OF_RANGE, by which TensorFlow's operators refuse values that they find as they run. */
const STATUSES = ["Invalid TF_Status: 3\n", "Invalid TF_Status: 11\n"];
const MESSAGE = "Message: ";
/** Of errors in sessions tfjs-node reports the text alone, so that what operators say of a value has to be known. */
const IN_SESSION = "Session fail to run with error: ";
const REFUSALS = [" is not in [", " does not index into ", " out of range", " outside the valid range"];

/** What an operator said when it refused a value. */
function refusalIn(message: string): string | undefined {
  if (STATUSES.some((status) => message.startsWith(status))) {
    return message.slice(message.indexOf(MESSAGE) + MESSAGE.length);
  }
  const isRefusal = message.startsWith(IN_SESSION) && REFUSALS.some((words) => message.includes(words));
  return isRefusal ? message.slice(IN_SESSION.length) : undefined;
}

/**
 * The error of a run of TensorFlow as one of ours, when it is about a value that an array holds, such as a label that is
 * no class index; any other error as it is.
 */
export function asValueError(error: unknown): unknown {
  const refusal = error instanceof Error ? refusalIn(error.message) : undefined;
  if (refusal === undefined) return error;
  const [first = ""] = refusal.split("\n");
  // Names of functions and nodes that only TensorFlow knows: "{{function_node mxgraft_function_52}} text".
  const names = first.lastIndexOf("}} ");
  return new ValueError(names < 0 ? first : first.slice(names + 3), {}, { cause: error });
}
