import { type Code, f32x4, i32, i32x4, type Local, repeat, v128, when } from "./instructions.ts";
import type { ModuleWriter } from "./module-writer.ts";
import { LANES, loadFirst, NUMBER, storeFirst, VECTOR } from "./vectors.ts";

/**
 * Adds `maxPoolGradient`: for `windows` windows side by side, each `across` pixels wide and `down` high, adds dy to the
 * first greatest number of each channel. `x` and `dx` are the first pixel of the first window; from one window to the next
 * are `windowStep` bytes, from one line to the next `line`. A window without a number above -infinity gives nothing.
 */
export function addMaxPoolGradient(writer: ModuleWriter): void {
  const parameters = ["x", "dy", "dx", "windows", "windowStep", "across", "down", "line", "channels"] as const;
  writer.add("maxPoolGradient", parameters, (p, local) => {
    const [window, pixelBytes, lineRest] = [local("i32"), local("i32"), local("i32")];
    const [left, to, row, column, channel] = [local("i32"), local("i32"), local("i32"), local("i32"), local("i32")];
    const [values, largest, isLarger, index, best] = [
      ...[local("v128"), local("v128"), local("v128"), local("v128"), local("v128")],
    ] as const;

    /** Visits the pixels of a window in row-major order, `index` counting them, with `at` on the current channel. */
    const eachPixel = (at: Local, from: Code, body: Code): Code => [
      at.set(from),
      index.set(v128.zero()),
      row.set(p.down.get),
      repeat(
        [
          column.set(p.across.get),
          repeat(
            [
              body,
              index.set(i32x4.add(index.get, i32x4.splat(i32.const(1)))),
              at.add(pixelBytes.get),
              column.add(i32.const(-1)),
            ],
            column.get,
          ),
          at.add(lineRest.get),
          row.add(i32.const(-1)),
        ],
        row.get,
      ),
    ];
    const channels = (load: (vector: Local, from: Code) => Code, store: (to: Code, vector: Local) => Code): Code => [
      largest.set(f32x4.const(Number.NEGATIVE_INFINITY)),
      best.set(i32x4.splat(i32.const(-1))),
      eachPixel(left, i32.add(p.x.get, channel.get), [
        load(values, left.get),
        isLarger.set(f32x4.gt(values.get, largest.get)),
        largest.set(v128.select(isLarger.get, values.get, largest.get)),
        best.set(v128.select(isLarger.get, index.get, best.get)),
      ]),
      // What is added, in the place of the greatest.
      load(largest, i32.add(p.dy.get, channel.get)),
      eachPixel(to, i32.add(p.dx.get, channel.get), [
        load(values, to.get),
        values.set(f32x4.add(values.get, v128.and(largest.get, i32x4.eq(best.get, index.get)))),
        store(to.get, values),
      ]),
    ];
    const rest = local("i32");
    return [
      pixelBytes.set(i32.mul(p.channels.get, i32.const(NUMBER))),
      lineRest.set(i32.sub(p.line.get, i32.mul(p.across.get, pixelBytes.get))),
      window.set(p.windows.get),
      repeat(
        [
          channel.set(i32.const(0)),
          rest.set(p.channels.get),
          repeat(
            [
              when(
                i32.gtS(rest.get, i32.const(LANES - 1)),
                channels(
                  (vector, from) => vector.set(v128.load(from)),
                  (at, vector) => v128.store(at, vector.get),
                ),
                channels(
                  (vector, from) => loadFirst(vector, from, rest),
                  (at, vector) => storeFirst(at, vector, rest),
                ),
              ),
              channel.add(i32.const(VECTOR)),
              rest.add(i32.const(-LANES)),
            ],
            i32.gtS(rest.get, i32.const(0)),
          ),
          p.x.add(p.windowStep.get),
          p.dx.add(p.windowStep.get),
          p.dy.add(pixelBytes.get),
          window.add(i32.const(-1)),
        ],
        window.get,
      ),
    ];
  });
}
