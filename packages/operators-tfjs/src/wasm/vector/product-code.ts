import { type Code, call, f32x4, i32, type Local, repeat, v128, when } from "./instructions.ts";
import type { ModuleWriter } from "./module-writer.ts";
import { LANES, loadFirst, NUMBER, storeFirst, VECTOR } from "./vectors.ts";

/** The most rows and vectors of a tile: with more, V8 keeps sums in memory and not in registers. */
const TILE_ROWS = 4;
const PANEL_VECTORS = 2;

/** What both functions are told: where the matrices lie, and what becomes of the sums; `addProduct` says what is what. */
const MATRICES = ["a", "aLine", "aRow", "aSegment", "aStep", "b", "c", "cLine", "cRow", "width"] as const;
const SUMS = ["segments", "steps", "columns", "start", "adds", "relu"] as const;

const upTo = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/**
 * Adds the function that computes some tiles of `rows` rows and `vectors` vectors one after the other, of a sum of products
 * of matrices as `addProduct` says. `left` rows are left of the first line, and of a row's last vector `columns` numbers are
 * stored.
 */
function addTiles(writer: ModuleWriter, rows: number, vectors: number): number {
  const parameters = [...MATRICES, "left", "tiles", ...SUMS] as const;
  return writer.add(undefined, parameters, (p, local) => {
    const [b, end, segment, segmentBytes] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const factor = local("v128");
    const panel = upTo(vectors, (v) => ({ offset: v * VECTOR, first: local("v128"), right: local("v128") }));
    const tile = upTo(rows, () => ({
      a: local("i32"),
      c: local("i32"),
      sums: panel.map((column) => ({ ...column, sum: local("v128") })),
    }));
    const panelRow = vectors * VECTOR;

    const place = tile.map(({ a, c }) => [
      a.set(p.a.get),
      c.set(p.c.get),
      p.left.add(i32.const(-1)),
      when(
        p.left.get,
        [p.a.add(p.aRow.get), p.c.add(p.cRow.get)],
        [p.a.add(p.aLine.get), p.c.add(p.cLine.get), p.left.set(p.width.get)],
      ),
    ]);
    const step = [
      panel.map(({ right, offset }) => right.set(v128.load(b.get, offset))),
      tile.map(({ a, sums }) => [
        factor.set(v128.load32Splat(a.get)),
        a.add(p.aStep.get),
        sums.map(({ sum, right }) => sum.set(f32x4.add(sum.get, f32x4.mul(factor.get, right.get)))),
      ]),
      b.add(i32.const(panelRow)),
    ];
    const keep = (c: Local, sum: Local, offset: number): Code => {
      const whole = [
        when(p.adds.get, sum.set(f32x4.add(sum.get, v128.load(c.get, offset)))),
        v128.store(c.get, sum.get, offset),
      ];
      const part = [
        when(p.adds.get, [loadFirst(factor, c.get, p.columns, offset), sum.set(f32x4.add(sum.get, factor.get))]),
        storeFirst(c.get, sum, p.columns, offset),
      ];
      return [
        when(p.relu.get, sum.set(f32x4.larger(sum.get, v128.zero()))),
        offset < panelRow - VECTOR ? whole : when(i32.eq(p.columns.get, i32.const(LANES)), whole, part),
      ];
    };
    const withoutLine = (line: Local, row: Local) =>
      line.set(i32.sub(line.get, i32.mul(i32.sub(p.width.get, i32.const(1)), row.get)));
    return [
      // From the last row of a line to the first of the next, and from the last step of a segment.
      withoutLine(p.aLine, p.aRow),
      withoutLine(p.cLine, p.cRow),
      p.aSegment.set(i32.sub(p.aSegment.get, i32.mul(p.steps.get, p.aStep.get))),
      segmentBytes.set(i32.mul(p.steps.get, i32.const(panelRow))),
      when(
        p.start.get,
        panel.map(({ first, offset }) => first.set(v128.load(p.start.get, offset))),
      ),
      repeat(
        [
          place,
          tile.map(({ sums }) => sums.map(({ sum, first }) => sum.set(first.get))),
          b.set(p.b.get),
          segment.set(p.segments.get),
          repeat(
            [
              end.set(i32.add(b.get, segmentBytes.get)),
              repeat(step, i32.ne(b.get, end.get)),
              tile.map(({ a }) => a.add(p.aSegment.get)),
              segment.add(i32.const(-1)),
            ],
            segment.get,
          ),
          tile.map(({ c, sums }) => sums.map(({ sum, offset }) => keep(c, sum, offset))),
          p.tiles.add(i32.const(-1)),
        ],
        p.tiles.get,
      ),
    ];
  });
}

/**
 * Adds `product`: a sum of products of matrices, tile by tile in registers.
 *
 *   c[i cLine + j cRow + :] = start + sum over segments s and steps k of
 *                             a[i aLine + j aRow + s aSegment + k aStep] * b[s][k][:]
 *
 * for all rows, of which `width` make a line i. Distances are in bytes, and `a` and `c` may overlap themselves: the numbers
 * of an image under a filter are a row of `a`, the lines of the filter its segments. `b` is what `pack` writes. With `adds`
 * the sums are added to `c` instead of stored; with `relu` those below 0 become 0 before. `start` is a row for all, filled up
 * to whole vectors, or 0 for none.
 */
export function addProduct(writer: ModuleWriter): void {
  const parameters = [...MATRICES, "rows", ...SUMS] as const;
  writer.add("product", parameters, (p, local) => {
    const [whole, rest, line, column, stored] = [local("i32"), local("i32"), local("i32"), local("i32"), local("i32")];
    const at = (from: Local, ofLine: Local, ofRow: Local) =>
      i32.add(from.get, i32.add(i32.mul(line.get, ofLine.get), i32.mul(column.get, ofRow.get)));
    const panel = (vectors: number): Code => {
      const run = (rows: number, tiles: Code, a: Code, c: Code, left: Code) =>
        call(
          addTiles(writer, rows, vectors),
          ...[a, p.aLine.get, p.aRow.get, p.aSegment.get, p.aStep.get, p.b.get],
          ...[c, p.cLine.get, p.cRow.get, p.width.get, left, tiles, p.segments.get, p.steps.get],
          ...[stored.get, p.start.get, p.adds.get, p.relu.get],
        );
      const afterWhole = [
        at(p.a, p.aLine, p.aRow),
        at(p.c, p.cLine, p.cRow),
        i32.sub(p.width.get, column.get),
      ] as const;
      const inPanel = vectors * LANES;
      return [
        stored.set(i32.sub(p.columns.get, i32.const(inPanel - LANES))),
        when(i32.gtS(p.columns.get, i32.const(inPanel)), stored.set(i32.const(LANES))),
        when(whole.get, run(TILE_ROWS, whole.get, p.a.get, p.c.get, p.width.get)),
        upTo(TILE_ROWS - 1, (r) => when(i32.eq(rest.get, i32.const(r + 1)), run(r + 1, i32.const(1), ...afterWhole))),
        p.b.add(i32.mul(i32.mul(p.segments.get, p.steps.get), i32.const(vectors * VECTOR))),
        p.c.add(i32.const(vectors * VECTOR)),
        when(p.start.get, p.start.add(i32.const(vectors * VECTOR))),
        p.columns.add(i32.const(-inPanel)),
      ];
    };
    return [
      whole.set(i32.divU(p.rows.get, i32.const(TILE_ROWS))),
      rest.set(i32.remU(p.rows.get, i32.const(TILE_ROWS))),
      line.set(i32.divU(i32.sub(p.rows.get, rest.get), p.width.get)),
      column.set(i32.remU(i32.sub(p.rows.get, rest.get), p.width.get)),
      repeat(
        when(i32.gtS(p.columns.get, i32.const(LANES)), panel(PANEL_VECTORS), panel(1)),
        i32.gtS(p.columns.get, i32.const(0)),
      ),
    ];
  });
}

/**
 * Adds `pack`, which lays a matrix out as a right factor of `product`: panels of two vectors of columns, the last of one
 * if that is enough, all steps of a panel one after the other, zeros where columns are missing.
 */
export function addPack(writer: ModuleWriter): void {
  const parameters = ["from", "fromStep", "fromColumn", "steps", "columns", "to"] as const;
  writer.add("pack", parameters, (p, local) => {
    const [row, from, step] = [local("i32"), local("i32"), local("i32")];
    const panel = (vectors: number): Code => {
      const inPanel = vectors * LANES;
      const copyWhole = upTo(vectors, (v) => v128.store(p.to.get, v128.load(row.get, v * VECTOR), v * VECTOR));
      const gather = [
        upTo(vectors, (v) => v128.store(p.to.get, v128.zero(), v * VECTOR)),
        from.set(row.get),
        upTo(inPanel, (i) =>
          when(i32.gtS(p.columns.get, i32.const(i)), [
            i32.store(p.to.get, i32.load(from.get), i * NUMBER),
            from.add(p.fromColumn.get),
          ]),
        ),
      ];
      const isWhole = i32.and(
        i32.eq(p.fromColumn.get, i32.const(NUMBER)),
        i32.gtS(p.columns.get, i32.const(inPanel - 1)),
      );
      return [
        row.set(p.from.get),
        step.set(p.steps.get),
        repeat(
          [
            when(isWhole, copyWhole, gather),
            row.add(p.fromStep.get),
            p.to.add(i32.const(vectors * VECTOR)),
            step.add(i32.const(-1)),
          ],
          step.get,
        ),
        p.from.add(i32.mul(p.fromColumn.get, i32.const(inPanel))),
        p.columns.add(i32.const(-inPanel)),
      ];
    };
    return repeat(
      when(i32.gtS(p.columns.get, i32.const(LANES)), panel(PANEL_VECTORS), panel(1)),
      i32.gtS(p.columns.get, i32.const(0)),
    );
  });
}
