import { f64x2, i32, repeat, v128, when } from "./instructions.ts";
import type { ModuleWriter } from "./module-writer.ts";
import { LANES, loadFirst, VECTOR } from "./vectors.ts";

/**
 * Adds `addRows`: adds `rows` rows of `columns` numbers to sums in float64, of which there are as many as fill the last
 * vector. In float32 the rounding of a hundred thousand terms would show.
 */
export function addAddRows(writer: ModuleWriter): void {
  const parameters = ["from", "rows", "columns", "rowBytes", "sums"] as const;
  writer.add("addRows", parameters, (p, local) => {
    const [at, row] = [local("i32"), local("i32")];
    const [values, low, high] = [local("v128"), local("v128"), local("v128")];
    return repeat(
      [
        at.set(p.from.get),
        row.set(p.rows.get),
        low.set(v128.load(p.sums.get)),
        high.set(v128.load(p.sums.get, VECTOR)),
        repeat(
          [
            when(
              i32.gtS(p.columns.get, i32.const(LANES - 1)),
              values.set(v128.load(at.get)),
              loadFirst(values, at.get, p.columns),
            ),
            low.set(f64x2.add(low.get, f64x2.promoteLow(values.get))),
            high.set(f64x2.add(high.get, f64x2.promoteLow(v128.shuffle(values.get, values.get, [2, 3, 2, 3])))),
            at.add(p.rowBytes.get),
            row.add(i32.const(-1)),
          ],
          row.get,
        ),
        v128.store(p.sums.get, low.get),
        v128.store(p.sums.get, high.get, VECTOR),
        p.from.add(i32.const(VECTOR)),
        p.sums.add(i32.const(2 * VECTOR)),
        p.columns.add(i32.const(-LANES)),
      ],
      i32.gtS(p.columns.get, i32.const(0)),
    );
  });
}
