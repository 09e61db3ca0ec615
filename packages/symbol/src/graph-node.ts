import type { OperatorSpec } from "@mxgraft/operator";

/** One output of a node. */
export interface EntryRef {
  readonly node: GraphNode;
  /** Which output of the node, from 0; always 0 for a variable. */
  readonly index: number;
}

/** An output of a node as another node or a symbol uses it. */
export interface NodeEntry extends EntryRef {
  /** How often the variable had been written when it is read here; the third number of an input in JSON. */
  readonly version: number;
}

export interface GraphNodeParts {
  /** Canonical MXNet name of the operator, `null` for a variable. */
  readonly op: string | null;
  readonly name: string;
  readonly attributes?: Iterable<readonly [string, string]>;
  readonly inputs?: readonly NodeEntry[];
  /** The operator itself, for one that is not in the registry. */
  readonly spec?: OperatorSpec | undefined;
}

/**
 * A node of a graph: a variable, or an operator applied to entries of other nodes. Nodes are shared between symbols.
 * Only attributes ever change (`Symbol.setAttr`); to change inputs the graph is copied.
 */
export class GraphNode {
  readonly op: string | null;
  readonly name: string;
  /** Arguments, then auxiliary states. */
  readonly inputs: readonly NodeEntry[];
  readonly spec: OperatorSpec | undefined;
  readonly #attributes: Map<string, string>;
  #writes = 0;

  constructor(parts: GraphNodeParts) {
    this.op = parts.op;
    this.name = parts.name;
    this.inputs = parts.inputs ?? [];
    this.spec = parts.spec;
    this.#attributes = new Map(parts.attributes ?? []);
  }

  /** Attributes as strings, in no particular order, hidden ones (`__lr_mult__`) among them. */
  get attributes(): ReadonlyMap<string, string> {
    return this.#attributes;
  }

  /** How many nodes have been composed that write this variable. */
  get writes(): number {
    return this.#writes;
  }

  /** Counts one more node that writes this variable. */
  countWrite(): number {
    this.#writes++;
    return this.#writes;
  }

  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }

  deleteAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  /** The same node with other inputs or another name, attributes copied. */
  with(changes: Partial<Pick<GraphNodeParts, "name" | "inputs">>): GraphNode {
    const copy = new GraphNode({
      op: this.op,
      name: changes.name ?? this.name,
      attributes: this.#attributes,
      inputs: changes.inputs ?? this.inputs,
      spec: this.spec,
    });
    copy.#writes = this.#writes;
    return copy;
  }
}
