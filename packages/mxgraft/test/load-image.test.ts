import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FormatError } from "@mxgraft/base";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setBackend } from "../src/backend.ts";
import { resizeImage } from "../src/model/resize-image.ts";
import { loadImage } from "../src/node/load-image.ts";

const fileOf = (name: string) => fileURLToPath(new URL(`cases/images/${name}`, import.meta.url));

interface Recorded {
  readonly images: Readonly<
    Record<
      string,
      { readonly decoded: readonly number[]; readonly resized: Readonly<Record<string, readonly number[]>> }
    >
  >;
}
const recorded: Recorded = JSON.parse(readFileSync(fileOf("mxnet.json"), "utf8"));

let folder: string;
beforeAll(async () => {
  await setBackend("cpu");
  folder = mkdtempSync(join(tmpdir(), "image-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.for(Object.keys(recorded.images))("%s: the pixels that MXNet decodes", async (name) => {
  const { width, height, channels, data } = await loadImage(fileOf(name));
  expect({ width, height, channels }).toEqual({ width: 12, height: 8, channels: 3 });
  expect([...data]).toEqual(recorded.images[name]?.decoded);
});

const sizes = Object.entries(recorded.images).flatMap(([name, { resized }]) =>
  Object.entries(resized).map(([size, pixels]) => ({ name, size, pixels })),
);
test.for(sizes)("$name in $size: the pixels of mx.image.imresize, up to rounding", async ({ name, size, pixels }) => {
  const [width = 0, height = 0] = size.split("x").map(Number);
  const image = await resizeImage(await loadImage(fileOf(name)), { width, height });
  expect([image.width, image.height, image.data.length]).toEqual([width, height, pixels.length]);
  const differences = pixels.map((pixel, i) => Math.abs(pixel - (image.data[i] ?? Number.NaN)));
  expect(Math.max(...differences)).toBeLessThanOrEqual(1);
});

test("gray, transparent and turned images are RGB, upright", async () => {
  const gray = join(folder, "gray.png");
  await sharp(Buffer.of(0, 128, 255), { raw: { width: 3, height: 1, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toFile(gray);
  expect([...(await loadImage(gray)).data]).toEqual([0, 0, 0, 128, 128, 128, 255, 255, 255]);
  const clear = join(folder, "clear.png");
  await sharp(Buffer.of(10, 20, 30, 128), { raw: { width: 1, height: 1, channels: 4 } })
    .png()
    .toFile(clear);
  expect([...(await loadImage(clear)).data]).toEqual([10, 20, 30]);
  const turned = join(folder, "turned.png");
  // EXIF orientation 6: the camera was held upright, the first row is the right column.
  await sharp(Buffer.of(1, 1, 1, 2, 2, 2), { raw: { width: 2, height: 1, channels: 3 } })
    .withMetadata({ orientation: 6 })
    .png()
    .toFile(turned);
  const { width, height, data } = await loadImage(turned);
  expect({ width, height, data: [...data] }).toEqual({ width: 1, height: 2, data: [1, 1, 1, 2, 2, 2] });
});

test("what is no image, or cut short, is refused", async () => {
  const text = join(folder, "text.jpg");
  writeFileSync(text, "no image");
  await expect(loadImage(text)).rejects.toThrow(FormatError);
  await expect(loadImage(text)).rejects.toThrow(`${text}: is no image that can be decoded`);
  const short = join(folder, "short.png");
  writeFileSync(short, readFileSync(fileOf("gradient.png")).subarray(0, 150));
  await expect(loadImage(short)).rejects.toThrow(FormatError);
});
