import { type FigureOptions, heading, shorten, svgFile, textWidth } from "./figure.ts";
import type { GraphPicture, NodeKind, PictureNode } from "./graph-picture.ts";
import { layoutGraph, type Point } from "./layout-graph.ts";
import { type NodeStack, stackNodes } from "./stack-nodes.ts";
import { element, escapeText, short, textElement } from "./svg-element.ts";

const MARGIN = 20;
const PADDING = 10;
/** Characters of a line; the whole text is in the tooltip. */
const MOST_CHARACTERS = 36;
const TITLE_SIZE = 13;
const LINE_SIZE = 11;
const LINE_HEIGHT = 15;

/** Colours of figures (`k0` to `k9`) by what a node does; grey for the ends of the graph and for what is no kind. */
const COLORS: { readonly [K in NodeKind]: string } = {
  convolution: "k0",
  dense: "k5",
  pooling: "k2",
  activation: "k3",
  normalization: "k7",
  shape: "k9",
  arithmetic: "k1",
  loss: "k4",
  custom: "k8",
  other: "end",
  input: "end",
  output: "end",
};

/**
 * A graph in layers from top to bottom: a box for each node, coloured by what it does, with its name and details;
 * nodes that only follow another one stand in its box. Hovering shows texts that were too long. Each node is a group
 * with its id as `data-node`, for scripts.
 *
 * @returns an SVG file that needs nothing else.
 * @throws GraphError  two nodes have the same id, or an edge refers to a node that is not there.
 */
export function drawGraph(picture: GraphPicture, options: FigureOptions = {}): string {
  const { stacks, edges } = stackNodes(picture);
  const boxes = stacks.map((stack) => ({ width: widthOf(stack), height: sum(stack.map(heightOf)) }));
  const layout = layoutGraph(boxes, edges);
  const width = Math.max(layout.width + 2 * MARGIN, 240);
  const head = heading(options, MARGIN, width - 2 * MARGIN);
  const left = (width - layout.width) / 2;
  const top = options.title || options.subtitle ? head.height + 12 : MARGIN;
  const body = element(
    "g",
    { transform: `translate(${short(left)} ${short(top)})` },
    ...layout.paths.map((points) => edgeMarkup(points)),
    ...stacks.map((stack, i) => {
      const { x = 0, y = 0 } = layout.corners[i] ?? {};
      return stackMarkup(stack, x, y, boxes[i]?.width ?? 0);
    }),
  );
  const label = `Graph of ${picture.nodes.length} nodes and ${picture.edges.length} edges`;
  return svgFile(Math.ceil(width), Math.ceil(layout.height + top + MARGIN), label, options, head.markup + body);
}

function textsOf({ name, lines = [] }: PictureNode): readonly string[] {
  return name === undefined ? lines : [name, ...lines];
}

function heightOf(node: PictureNode): number {
  return 24 + textsOf(node).length * LINE_HEIGHT + (textsOf(node).length > 0 ? 5 : 0);
}

function widthOf(stack: NodeStack): number {
  const widths = stack.flatMap((node) => [
    textWidth(shorten(node.title, MOST_CHARACTERS), TITLE_SIZE) * 1.14,
    ...textsOf(node).map((text) => textWidth(shorten(text, MOST_CHARACTERS), LINE_SIZE)),
  ]);
  return Math.max(90, Math.ceil(Math.max(...widths) + 2 * PADDING));
}

function stackMarkup(stack: NodeStack, x: number, y: number, width: number): string {
  const height = sum(stack.map(heightOf));
  const ends = stack.some(({ kind }) => kind === "input" || kind === "output");
  const radius = ends ? 14 : 5;
  let at = 0;
  const parts: string[] = [];
  for (const node of stack) {
    parts.push(nodeMarkup(node, at, width, radius));
    at += heightOf(node);
  }
  const frame = (name: string) => element("rect", { class: name, width, height, rx: radius });
  const warning = stack.some((node) => node.warning);
  return element(
    "g",
    { transform: `translate(${short(x)} ${short(y)})` },
    frame("paper"),
    ...parts,
    frame(warning ? "frame warn" : "frame"),
  );
}

function nodeMarkup(node: PictureNode, y: number, width: number, radius: number): string {
  const { id, title, kind = "other", name } = node;
  const texts = textsOf(node);
  const tooltip = [title, ...texts].join("\n");
  return element(
    "g",
    { class: `node ${COLORS[kind]}`, "data-node": id },
    element("title", {}, escapeText(tooltip)),
    element("rect", { class: "tint", y, width, height: heightOf(node), rx: radius }),
    textElement(PADDING, y + 17, shorten(title, MOST_CHARACTERS), { class: "op" }),
    ...texts.map((text, i) =>
      textElement(PADDING, y + 32 + i * LINE_HEIGHT, shorten(text, MOST_CHARACTERS), {
        class: i === 0 && name !== undefined ? "line" : "line faint",
      }),
    ),
  );
}

/** A smooth line along the points, a quadratic B-spline, with an arrow head at its end. */
function edgeMarkup(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return "";
  const at = (x: number, y: number) => `${short(x, 1)} ${short(y, 1)}`;
  let path = `M${at(first.x, first.y)}`;
  for (const [i, { x, y }] of rest.slice(0, -1).entries()) {
    const next = rest[i + 1] ?? last;
    path += `Q${at(x, y)} ${at((x + next.x) / 2, (y + next.y) / 2)}`;
  }
  path += `L${at(last.x, last.y)}`;
  const head = `M${at(last.x, last.y)}l-3 -7h6Z`;
  return element("path", { class: "edge", d: path }) + element("path", { class: "head", d: head });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
