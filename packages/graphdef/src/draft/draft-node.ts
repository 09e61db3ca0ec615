import type { Shape } from "@mxgraft/base";
import type { GraphType, GraphValue } from "@mxgraft/operator";
import type { OperatorDefinition } from "../definitions/operator-definition.ts";
import type { AttributeMessage } from "../proto/messages.ts";

/** A value of a draft: an output of a node, or an argument. */
export interface DraftValue extends GraphValue {
  readonly source: DraftNode | DraftArgument;
  /** The number of the output among all of the node's. */
  readonly output: number;
}

/** What a draft is given from outside: a value, or the handle of a state. */
export interface DraftArgument {
  readonly kind: "argument";
  readonly index: number;
  readonly type: GraphType;
  /** Of a state: what the variable holds. */
  readonly state?: { readonly type: GraphType; readonly shape: Shape };
}

export interface DraftNode {
  readonly kind: "node";
  readonly definition: OperatorDefinition;
  readonly inputs: readonly DraftValue[];
  /** Nodes that have to run before, as far as they are in the graph at all. */
  readonly after: readonly DraftNode[];
  readonly attributes: Readonly<Record<string, AttributeMessage>>;
  /** Types of all outputs, with the name of the definition's output and the place in it if that is a list. */
  readonly outputs: readonly { readonly name: string; readonly place: number; readonly type: GraphType }[];
  /** It changes a state, so it stays even if nobody uses what it gives. */
  readonly isEffect: boolean;
  /** Nodes that take one of its outputs, so far. */
  readonly consumers: DraftNode[];
}
