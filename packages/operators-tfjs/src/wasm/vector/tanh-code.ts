import { TANH_DENOMINATOR, TANH_LIMIT, TANH_NUMERATOR } from "../tanh-quotient.ts";
import { type Code, f32x4, i32, type Local, repeat, v128, when } from "./instructions.ts";
import type { ModuleWriter } from "./module-writer.ts";
import { LANES, loadFirst, storeFirst, VECTOR } from "./vectors.ts";

/** a[0] + s (a[1] + s (a[2] + ...)). */
function polynomial(s: Local, [first, ...others]: readonly Local[]): Code {
  if (first === undefined) return [];
  if (others.length === 0) return first.get;
  return f32x4.add(first.get, f32x4.mul(s.get, polynomial(s, others)));
}

/** Adds `tanh`, which writes that of `count` numbers. */
export function addTanh(writer: ModuleWriter): void {
  writer.add("tanh", ["from", "to", "count"], (p, local) => {
    const [x, s] = [local("v128"), local("v128")];
    const setUp: Code[] = [];
    const constant = (value: number) => {
      const one = local("v128");
      setUp.push(one.set(f32x4.const(value)));
      return one;
    };
    const [numerator, denominator] = [TANH_NUMERATOR.map(constant), TANH_DENOMINATOR.map(constant)];
    const clamped = (value: Code, least: Local, most: Local) => f32x4.larger(f32x4.smaller(value, most.get), least.get);
    const [least, most] = [constant(-TANH_LIMIT), constant(TANH_LIMIT)];
    const [minusOne, one] = [constant(-1), constant(1)];
    const quotient = f32x4.div(f32x4.mul(x.get, polynomial(s, numerator)), polynomial(s, denominator));
    const isWhole = i32.gtS(p.count.get, i32.const(LANES - 1));
    return [
      setUp,
      repeat(
        [
          when(isWhole, x.set(v128.load(p.from.get)), loadFirst(x, p.from.get, p.count)),
          x.set(clamped(x.get, least, most)),
          s.set(f32x4.mul(x.get, x.get)),
          // Rounding may lead beyond 1.
          x.set(clamped(quotient, minusOne, one)),
          when(isWhole, v128.store(p.to.get, x.get), storeFirst(p.to.get, x, p.count)),
          p.from.add(i32.const(VECTOR)),
          p.to.add(i32.const(VECTOR)),
          p.count.add(i32.const(-LANES)),
        ],
        i32.gtS(p.count.get, i32.const(0)),
      ),
    ];
  });
}
