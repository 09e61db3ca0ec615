// Lowerings of all built-in operators that have one
export { builtinLowerings } from "./lowerings/builtin-lowerings.ts";
export { registerBuiltinLowerings } from "./lowerings/register-builtin-lowerings.ts";

// Building graphs and functions
export { GraphDraft } from "./draft/graph-draft.ts";
export type { DraftArgument, DraftNode, DraftValue } from "./draft/draft-node.ts";
export { type EagerAttribute, graphTypeOfNumber } from "./draft/eager-attributes.ts";

// Their bytes
export { type EncodedFunction, encodeFunction } from "./encode/encode-function.ts";
export { type EncodedSavedModel, encodeSavedModel } from "./encode/encode-saved-model.ts";

// TensorFlow's operators
export {
  type ArgumentDefinition,
  type AttributeDefinition,
  type AttributeKind,
  findOperatorDefinition,
  type OperatorDefinition,
  operatorDefinition,
} from "./definitions/operator-definition.ts";

// Messages
export { decodeMessage, encodeMessage } from "./proto/message-codec.ts";
export { GRAPH_TYPE_NUMBERS } from "./proto/messages.ts";
