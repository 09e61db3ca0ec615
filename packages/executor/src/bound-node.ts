import type { Shape } from "@mxgraft/base";
import type { ResolvedOperator } from "@mxgraft/operator";
import type { GraphNode } from "@mxgraft/symbol";
import type { TfjsKernel } from "@mxgraft/tfjs";

/** A node with what it computes, its kernel and the facts inference found. */
export interface BoundNode {
  /** Its place in the graph: what it reads, and who reads it. */
  readonly node: GraphNode;
  /** Name of the node that says what is computed here. */
  readonly name: string;
  readonly operator: ResolvedOperator;
  readonly kernel: TfjsKernel;
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
}
