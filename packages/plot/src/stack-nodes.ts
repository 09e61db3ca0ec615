import { didYouMean, GraphError } from "@mxgraft/base";
import type { GraphPicture, PictureNode } from "./graph-picture.ts";

/** Nodes that are drawn as one box, from top to bottom. */
export type NodeStack = readonly PictureNode[];

/** A graph of boxes; edges are pairs of places in `stacks`, each pair once. */
export interface StackedGraph {
  readonly stacks: readonly NodeStack[];
  readonly edges: readonly (readonly [from: number, to: number])[];
}

/**
 * Puts nodes that only follow another one under it: an activation under its convolution. Half the boxes make a picture
 * that can be taken in.
 *
 * @throws GraphError  two nodes have the same id, or an edge refers to a node that is not there.
 */
export function stackNodes({ nodes, edges }: GraphPicture): StackedGraph {
  const places = new Map<string, number>();
  for (const [place, { id }] of nodes.entries()) {
    if (places.has(id)) throw new GraphError(`Two nodes of the picture have the id "${id}".`, { node: id });
    places.set(id, place);
  }
  const placeOf = (id: string) => {
    const place = places.get(id);
    if (place !== undefined) return place;
    throw new GraphError(`An edge refers to node "${id}", which is not there.${didYouMean(id, places.keys())}`, {
      node: id,
    });
  };
  const pairs = new Map<string, [number, number]>();
  for (const { from, to } of edges) {
    const pair: [number, number] = [placeOf(from), placeOf(to)];
    if (pair[0] !== pair[1]) pairs.set(pair.join(), pair);
  }
  const sources = nodes.map(() => new Set<number>());
  const users = nodes.map(() => new Set<number>());
  for (const [from, to] of pairs.values()) {
    sources[to]?.add(from);
    users[from]?.add(to);
  }

  const stackOf = new Map<number, PictureNode[]>();
  const stacks: PictureNode[][] = [];
  for (const [place, node] of nodes.entries()) {
    const [source, ...others] = sources[place] ?? [];
    const under = source !== undefined && others.length === 0 && users[source]?.size === 1;
    const present = node.follows && under ? stackOf.get(source) : undefined;
    if (present) present.push(node);
    else stacks.push([node]);
    stackOf.set(place, present ?? stacks.at(-1) ?? []);
  }

  const indices = new Map(stacks.map((stack, index) => [stack, index]));
  const indexOf = (place: number) => indices.get(stackOf.get(place) ?? []) ?? 0;
  const between = new Map<string, readonly [number, number]>();
  for (const [from, to] of pairs.values()) {
    const pair = [indexOf(from), indexOf(to)] as const;
    if (pair[0] !== pair[1]) between.set(pair.join(), pair);
  }
  return { stacks, edges: [...between.values()] };
}
