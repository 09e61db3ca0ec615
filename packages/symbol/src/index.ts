// Building graphs
export { type ApplyOptions, apply } from "./apply.ts";
export { group } from "./group.ts";
export { MxSymbol as Symbol } from "./symbol.ts";
export {
  type SymbolFunction,
  type SymbolFunctions,
  type SymbolOptions,
  symbolFunction,
  symbolFunctions,
} from "./symbol-function.ts";
export { type VariableOptions, variable } from "./variable.ts";

// Names and attributes in force
export { AttrScope, type AttributeTexts } from "./attr-scope.ts";
export { NameManager } from "./name-manager.ts";
export { Prefix } from "./prefix.ts";

// What graphs are made of
export type { EntryRef, GraphNode, NodeEntry } from "./graph-node.ts";
export { nodesOf } from "./nodes-of.ts";
export { resolveNode } from "./resolve-node.ts";
export { isHidden } from "./hidden-keys.ts";

// Shapes and types
export {
  type EntryFacts,
  type GraphInference,
  inferGraph,
  inferGraphShapes,
  inferGraphTypes,
  type NamedShapes,
  type NamedTypes,
} from "./infer-graph.ts";
export type { GivenShapes, GivenTypes, SymbolShapes, SymbolTypes } from "./infer-symbol.ts";

// Files
export { graphText } from "./graph-text.ts";
export { type EntryRecord, type GraphRecord, type NodeRecord, readGraphRecord } from "./graph-record.ts";
export { type LoadJsonOptions, loadJson } from "./load-json.ts";
export { isUnknownOperator } from "./unknown-operator.ts";
