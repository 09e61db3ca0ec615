import { expect, test } from "vitest";
import { convolutionPlan } from "../../src/lowerings/nn/convolution-plan.ts";
import { winogradTile } from "../../src/lowerings/nn/winograd-tile.ts";

interface TileCase {
  readonly name: string;
  readonly channels: number;
  readonly filters: number;
  readonly size: number;
  readonly batch: number;
  readonly kernel?: number;
  readonly stride?: number;
  readonly tile: number;
}

// Which was the fastest on two cores, in milliseconds for tiles of 1, 2 and 4.
const cases: readonly TileCase[] = [
  { name: "0.28, 0.23, 0.19", channels: 64, filters: 64, size: 28, batch: 1, tile: 4 },
  { name: "4.4, 3.6, 2.2", channels: 64, filters: 64, size: 28, batch: 16, tile: 4 },
  { name: "4.4, 2.9, 2.3", channels: 128, filters: 128, size: 14, batch: 16, tile: 4 },
  { name: "0.32, 0.29, 0.32", channels: 256, filters: 256, size: 7, batch: 1, tile: 2 },
  { name: "4.4, 3.4, 2.4", channels: 256, filters: 256, size: 7, batch: 16, tile: 4 },
  { name: "0.49, 0.45, 0.77, but less so beside others", channels: 512, filters: 512, size: 4, batch: 1, tile: 1 },
  { name: "6.3, 3.3, 2.4", channels: 512, filters: 512, size: 4, batch: 16, tile: 4 },
  { name: "few channels: transforms cost more than they spare", channels: 8, filters: 8, size: 28, batch: 16, tile: 1 },
  { name: "fewer channels than a register", channels: 3, filters: 512, size: 28, batch: 16, tile: 1 },
  { name: "another kernel", channels: 64, filters: 64, size: 28, batch: 16, kernel: 5, tile: 1 },
  { name: "strides", channels: 64, filters: 64, size: 28, batch: 16, stride: 2, tile: 1 },
];

test.for(cases)("the tile of a convolution is the fastest one: $name", (one) => {
  const { channels, filters, size, batch, kernel = 3, stride = 1, tile } = one;
  const two = (value: number) => [value, value];
  const window = { kernel: two(kernel), stride: two(stride), pad: two((kernel - 1) / 2), dilate: two(1) };
  const plan = convolutionPlan({ window, groups: 1, channels, filters, sizes: two(size) });
  expect(winogradTile(plan, batch, two(size))).toBe(tile);
});
