import { GraphError } from "@mxgraft/base";
import { describe, expect, test } from "vitest";
import { drawGraph, type GraphPicture, type PictureNode } from "../src/index.ts";
import { texts, unescapeText, wellFormed } from "./read-markup.ts";

const small: GraphPicture = {
  nodes: [
    { id: "data", title: "data", lines: ["input"], kind: "input" },
    { id: "conv", title: "Convolution", name: "conv", lines: ["kernel (3, 3)"], kind: "convolution" },
    { id: "relu", title: "Activation relu", name: "relu", kind: "activation", follows: true },
    { id: "left", title: "FullyConnected", name: "left", kind: "dense" },
    { id: "right", title: "FullyConnected", name: "right", kind: "dense" },
  ],
  edges: [
    { from: "data", to: "conv" },
    { from: "conv", to: "relu" },
    { from: "relu", to: "left" },
    { from: "relu", to: "right" },
  ],
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly string[];
}

/** The boxes of a drawing with the ids of the nodes in them. */
function boxesOf(svg: string): Box[] {
  const pattern =
    /<g transform="translate\(([-\d.]+) ([-\d.]+)\)"><rect class="paper" width="([\d.]+)" height="([\d.]+)"/g;
  const starts = [...svg.matchAll(pattern)];
  return starts.map((match, i) => {
    const [, x, y, width, height] = match.map(Number);
    const content = svg.slice(match.index, starts[i + 1]?.index ?? svg.length);
    const nodes = [...content.matchAll(/data-node="([^"]*)"/g)].map(([, id = ""]) => unescapeText(id));
    return { x: x ?? 0, y: y ?? 0, width: width ?? 0, height: height ?? 0, nodes };
  });
}

function edgesOf(svg: string): { start: [number, number]; end: [number, number] }[] {
  return [...svg.matchAll(/<path class="edge" d="M([-\d.]+) ([-\d.]+)[^"]*L([-\d.]+) ([-\d.]+)"/g)].map((match) => {
    const [, x0 = 0, y0 = 0, x1 = 0, y1 = 0] = match.map(Number);
    return { start: [x0, y0], end: [x1, y1] };
  });
}

/** A chain with shortcuts, as residual networks have them. */
function ladder(length: number): GraphPicture {
  const nodes = Array.from({ length }, (_, i): PictureNode => ({ id: `n${i}`, title: `Node ${i}`, name: `n${i}` }));
  const edges = nodes.slice(1).map((_, i) => ({ from: `n${i}`, to: `n${i + 1}` }));
  const shortcuts = nodes.slice(4).flatMap((_, i) => (i % 4 === 0 ? [{ from: `n${i}`, to: `n${i + 4}` }] : []));
  return { nodes, edges: [...edges, ...shortcuts] };
}

describe("drawGraph", () => {
  test("every node with its texts, a follower in the box of the node before it", () => {
    const svg = drawGraph(small, { title: "Small", theme: "light" });
    wellFormed(svg);
    expect(texts(svg)).toEqual([
      ...["Small", "data", "input", "Convolution", "conv", "kernel (3, 3)", "Activation relu", "relu"],
      ...["FullyConnected", "left", "FullyConnected", "right"],
    ]);
    expect(boxesOf(svg).map(({ nodes }) => nodes)).toEqual([["data"], ["conv", "relu"], ["left"], ["right"]]);
  });

  test("edges lead from the lower border of a box to the upper border of one below it", () => {
    const svg = drawGraph(small);
    const [data, conv, left, right] = boxesOf(svg);
    if (!data || !conv || !left || !right) throw new Error("a box is missing");
    const pairs: [Box, Box][] = [
      [data, conv],
      [conv, left],
      [conv, right],
    ];
    const edges = edgesOf(svg);
    expect(edges).toHaveLength(pairs.length);
    for (const [i, [from, to]] of pairs.entries()) {
      const { start = [0, 0], end = [0, 0] } = edges[i] ?? {};
      expect(start[1]).toBeCloseTo(from.y + from.height, 0);
      expect(end[1]).toBeCloseTo(to.y, 0);
      for (const [x, box] of [
        [start[0], from],
        [end[0], to],
      ] as const) {
        expect(x).toBeGreaterThan(box.x);
        expect(x).toBeLessThan(box.x + box.width);
      }
      expect(to.y).toBeGreaterThan(from.y + from.height);
    }
  });

  test.for([1, 2, 200, 1200])("%i nodes: no two boxes overlap, all lie within the picture", (count) => {
    const svg = drawGraph(ladder(count));
    const boxes = boxesOf(svg);
    expect(boxes).toHaveLength(count);
    const [, width = 0, height = 0] = /width="(\d+)" height="(\d+)"/.exec(svg)?.map(Number) ?? [];
    const sorted = [...boxes].sort((a, b) => a.y - b.y);
    for (const [i, box] of sorted.entries()) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      for (const other of sorted.slice(i + 1)) {
        if (other.y >= box.y + box.height) break;
        expect(other.x >= box.x + box.width || box.x >= other.x + other.width).toBe(true);
      }
    }
  });

  test("a follower of a node with several users, or of several nodes, has a box of its own", () => {
    const nodes: PictureNode[] = [
      { id: "a", title: "A" },
      { id: "b", title: "B" },
      { id: "after-both", title: "C", follows: true },
      { id: "shared", title: "D" },
      { id: "one", title: "E", follows: true },
      { id: "two", title: "F", follows: true },
    ];
    const edges = [
      { from: "a", to: "after-both" },
      { from: "b", to: "after-both" },
      { from: "shared", to: "one" },
      { from: "shared", to: "two" },
    ];
    expect(boxesOf(drawGraph({ nodes, edges })).map((box) => box.nodes.length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test("a node used twice by another has one edge, and one that uses itself none", () => {
    const nodes = [
      { id: "a", title: "A" },
      { id: "b", title: "B" },
    ];
    const edges = [
      { from: "a", to: "b" },
      { from: "a", to: "b" },
      { from: "b", to: "b" },
    ];
    expect(edgesOf(drawGraph({ nodes, edges }))).toHaveLength(1);
  });

  test("names from files cannot break it", () => {
    const names = ["__proto__", "constructor", '"><script>alert(1)</script>', "a\0b", "x".repeat(5000), ""];
    const nodes = names.map((id): PictureNode => ({ id, title: id, name: id, lines: [id], kind: "custom" }));
    const edges = names.slice(1).map((to, i) => ({ from: names[i] ?? "", to }));
    const svg = drawGraph({ nodes, edges }, { title: names[2] ?? "" });
    wellFormed(svg);
    expect(boxesOf(svg).map((box) => box.nodes.length)).toEqual(names.map(() => 1));
    expect(Math.max(...texts(svg).map((text) => text.length))).toBeLessThan(60);
  });

  test("a node in trouble stands out; an empty graph is a picture too", () => {
    const [first, ...rest] = small.nodes;
    if (!first) throw new Error("no node");
    expect(drawGraph({ ...small, nodes: [{ ...first, warning: true }, ...rest] })).toContain('class="frame warn"');
    expect(drawGraph(small)).not.toContain('class="frame warn"');
    wellFormed(drawGraph({ nodes: [], edges: [] }));
  });

  const wrong: readonly { name: string; picture: GraphPicture; says: string }[] = [
    {
      name: "two nodes of one id",
      picture: { nodes: [small, small].flatMap(({ nodes }) => nodes), edges: [] },
      says: 'Two nodes of the picture have the id "data".',
    },
    {
      name: "an edge to nowhere",
      picture: { ...small, edges: [{ from: "data", to: "cnv" }] },
      says: 'An edge refers to node "cnv", which is not there. Did you mean "conv"?',
    },
  ];
  test.for(wrong)("$name", ({ picture, says }) => {
    expect(() => drawGraph(picture)).toThrow(GraphError);
    expect(() => drawGraph(picture)).toThrow(says);
  });
});
