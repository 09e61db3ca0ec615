import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from "@dagrejs/dagre";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout extends Size {
  /** Left upper corners of the boxes. */
  readonly corners: readonly Point[];
  /** Of each edge, from the lower border of one box to the upper border of the other, upright at both. */
  readonly paths: readonly (readonly Point[])[];
}

/** With more boxes the best order of ranks takes seconds, and the simple one looks nearly the same. */
const MOST_FOR_BEST = 1000;

/** Places boxes in layers from top to bottom, with few crossings (dagre, after Gansner et al. 1993). */
export function layoutGraph(
  boxes: readonly Size[],
  edges: readonly (readonly [from: number, to: number])[],
): GraphLayout {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({
    rankdir: "TB",
    nodesep: 24,
    edgesep: 16,
    ranksep: 32,
    ranker: boxes.length > MOST_FOR_BEST ? "longest-path" : "network-simplex",
  });
  graph.setDefaultEdgeLabel(() => ({}));
  // Keys are numbers: names come from files, and one of them may be "__proto__".
  for (const [index, { width, height }] of boxes.entries()) graph.setNode(String(index), { width, height });
  for (const [from, to] of edges) graph.setEdge(String(from), String(to));
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const corners = boxes.map((box, index) => {
    const { x = 0, y = 0 } = graph.node(String(index));
    return { x: x - box.width / 2, y: y - box.height / 2 };
  });
  const gateOf = (index: number, towards: Point, side: "upper" | "lower"): Point => {
    const [corner, box] = [corners[index] ?? { x: 0, y: 0 }, boxes[index] ?? { width: 0, height: 0 }];
    const room = Math.min(16, box.width / 2);
    return {
      x: Math.min(Math.max(towards.x, corner.x + room), corner.x + box.width - room),
      y: side === "upper" ? corner.y : corner.y + box.height,
    };
  };
  return {
    width: Number.isFinite(width) ? width : 0,
    height: Number.isFinite(height) ? height : 0,
    corners,
    paths: edges.map(([from, to]) => {
      // dagre lets edges end where they would meet the middle of a box, at its sides too.
      const inner = (graph.edge(String(from), String(to)).points ?? []).slice(1, -1);
      const middle = { x: 0, y: 0 };
      const start = gateOf(from, inner[0] ?? middle, "lower");
      const end = gateOf(to, inner.at(-1) ?? middle, "upper");
      return [start, { x: start.x, y: start.y + 9 }, ...inner, { x: end.x, y: end.y - 13 }, end];
    }),
  };
}
