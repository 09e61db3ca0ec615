/** What a node does, which gives it its colour. */
export type NodeKind =
  | "convolution"
  | "dense"
  | "pooling"
  | "activation"
  | "normalization"
  | "shape"
  | "arithmetic"
  | "loss"
  | "custom"
  | "other"
  | "input"
  | "output";

/** A node of a graph as it is to be drawn. */
export interface PictureNode {
  /** Edges refer to it; unique. */
  readonly id: string;
  /** First line, such as the operator: `Convolution`. */
  readonly title: string;
  /** Second line, such as the node's name. */
  readonly name?: string;
  /** Further lines, such as `kernel (3, 3)` and `-> (1, 64, 56, 56)`. */
  readonly lines?: readonly string[];
  readonly kind?: NodeKind;
  /** Draws attention: something is wrong with the node. */
  readonly warning?: boolean;
  /** Draw it right under the node it gets its data from, where that has no other user; default false. */
  readonly follows?: boolean;
}

/** From a node to one that uses its output. */
export interface PictureEdge {
  readonly from: string;
  readonly to: string;
}

/** A graph as plain data: whatever it was made from, the drawing needs no more. */
export interface GraphPicture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}
