import { expect, test } from "vitest";
import { type Contestant, takeTurns } from "../../bench/run/take-turns.ts";

/** Somebody whose every iteration takes as long as it says, and who notes when it was asked. */
function fake(name: string, milliseconds: number, asked: string[]): Contestant {
  return {
    name,
    run(iterations, warm = 0) {
      asked.push(`${name} ${iterations}+${warm}`);
      return Promise.resolve(Array.from({ length: iterations }, () => milliseconds));
    },
  };
}

test("fills turns by each one's speed, and lets another begin each round", async () => {
  const asked: string[] = [];
  const contestants = [fake("fast", 1, asked), fake("slow", 50, asked)];
  const samples = await takeTurns(contestants, { rounds: 3, turn: 16 }, 0);
  // The warm-up looks for the number: 1, 4, 16 iterations of 1 ms fill 16 ms.
  expect(asked).toEqual([
    "fast 1+0",
    "fast 4+0",
    "fast 16+0",
    "slow 1+0",
    "fast 16+3",
    "slow 1+0",
    "slow 1+0",
    "fast 16+3",
    "fast 16+3",
    "slow 1+0",
  ]);
  expect(samples.get("fast")?.rounds.map((times) => times.length)).toEqual([16, 16, 16]);
  expect(samples.get("slow")?.rounds).toEqual([[50], [50], [50]]);
});

test("a turn has an end for work that takes no time", async () => {
  const asked: string[] = [];
  await takeTurns([fake("nothing", 0, asked)], { rounds: 1, turn: 400 }, 0);
  expect(asked.at(-1)).toBe("nothing 2000+3");
});
