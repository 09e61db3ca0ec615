import fc from "fast-check";
import { expect, test } from "vitest";
import { apply, group, loadJson, type Symbol as MxSymbol, NameManager, variable } from "../src/index.ts";
import "./specs.ts";

const name = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("__proto__", "constructor", 'a"b\\c', "größe\n片", ""),
);
const hidden = fc.dictionary(fc.constantFrom("__lr_mult__", "__ctx_group__", "__proto__", "__x__"), fc.string());

/** How to add one node to a graph: which operator, and which of the outputs so far feed it. */
const step = fc.record({ kind: fc.nat(4), first: fc.nat(), second: fc.nat(), name, attr: hidden });

function build(
  steps: readonly { kind: number; first: number; second: number; name: string; attr: Record<string, string> }[],
) {
  return new NameManager().run(() => {
    const outputs: MxSymbol[] = [variable("data")];
    for (const { kind, first, second, name: node, attr } of steps) {
      const pick = (n: number) => outputs[n % outputs.length] ?? variable("data");
      const options = { name: node, attr };
      if (kind === 0) outputs.push(variable(node, { attr, shape: [first % 5, second % 5] }));
      else if (kind === 1) outputs.push(apply("elemwise_add", options, [pick(first), pick(second)]));
      else if (kind === 2)
        outputs.push(apply("FullyConnected", { ...options, num_hidden: 1 + (second % 9) }, [pick(first)]));
      else if (kind === 3) outputs.push(apply("BatchNorm", options, [pick(first)]));
      else outputs.push(...apply("SliceChannel", { ...options, num_outputs: 1 + (second % 4) }, [pick(first)]));
    }
    return group(outputs.slice(-3));
  });
}

test("a graph that is written and read is the same graph", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const symbol = build(steps);
      const text = symbol.toJSON();
      const read = loadJson(text);
      expect(read.toJSON()).toBe(text);
      expect(read.listArguments()).toEqual(symbol.listArguments());
      expect(read.listAuxiliaryStates()).toEqual(symbol.listAuxiliaryStates());
      expect(read.listOutputs()).toEqual(symbol.listOutputs());
      expect(read.attrDict()).toEqual(symbol.attrDict());
    }),
    { seed: 7, numRuns: 200 },
  );
});

test("a copy writes the same text", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const symbol = build(steps);
      expect(symbol.copy().toJSON()).toBe(symbol.toJSON());
    }),
    { seed: 8, numRuns: 100 },
  );
});

test("text cut or changed anywhere is read or refused, never anything else", () => {
  const text = build(
    [0, 1, 2, 3, 4].map((kind) => ({ kind, first: 1, second: 2, name: `n${kind}`, attr: {} })),
  ).toJSON();
  fc.assert(
    fc.property(fc.nat(text.length), fc.string({ maxLength: 3 }), fc.nat(6), (at, inserted, dropped) => {
      try {
        loadJson(text.slice(0, at) + inserted + text.slice(at + dropped)).listArguments();
      } catch (error) {
        expect(error).toHaveProperty("facts");
      }
    }),
    { seed: 9, numRuns: 500 },
  );
});
