/** Shapes that points can have besides colours; the first is the plain dot. */
export const MARKS = ["dot", "square", "triangle", "diamond", "plus", "cross", "down", "ring", "bar", "dash"] as const;

export type Mark = (typeof MARKS)[number];

/** Path commands for one mark of about 4 units, relative to its middle. Dots are lines of no length with round ends. */
const COMMANDS: { readonly [M in Mark]: string } = {
  dot: "h0",
  square: "m-1.6-1.6h3.2v3.2h-3.2z",
  triangle: "m0-2.1l2 3.6h-4z",
  diamond: "m0-2.3l2.1 2.3l-2.1 2.3l-2.1-2.3z",
  plus: "m-2 0h4m-2-2v4",
  cross: "m-1.6-1.6l3.2 3.2m0-3.2l-3.2 3.2",
  down: "m0 2.1l2-3.6h-4z",
  ring: "m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
  bar: "m0-2.2v4.4",
  dash: "m-2.2 0h4.4",
};

/** The mark of a class: the plain dot for all, or shapes in turn. */
export function markOf(index: number, shapes: boolean): Mark {
  return shapes ? (MARKS[index % MARKS.length] ?? "dot") : "dot";
}

/** The attributes that draw a path of these marks. */
export function markClass(mark: Mark): string {
  return mark === "dot" ? "d" : "m";
}

/** One path through all points of a class, coordinates rounded to a tenth of a unit. */
export function markPath(mark: Mark, coordinates: readonly number[]): string {
  const command = COMMANDS[mark];
  let path = "";
  for (let i = 0; i + 1 < coordinates.length; i += 2) {
    path += `M${tenth(coordinates[i] ?? 0)} ${tenth(coordinates[i + 1] ?? 0)}${command}`;
  }
  return path;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What `markPath` puts behind every point, for scripts that draw the same. */
export function markCommand(mark: Mark): string {
  return COMMANDS[mark];
}
