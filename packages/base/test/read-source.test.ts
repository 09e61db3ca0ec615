import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FileError, readSource } from "../src/index.ts";
import { readPath } from "../src/read-path/no-path.ts";

const content = Uint8Array.of(1, 2, 255);
let folder = "";
let address = "";
const server = createServer((request, response) => {
  response.statusCode = request.url === "/a.bin" ? 200 : 404;
  response.end(request.url === "/a.bin" ? content : undefined);
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "source-"));
  writeFileSync(join(folder, "a.bin"), content);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test("bytes, buffers, blobs, paths, file URLs and URLs", async () => {
  const file = join(folder, "a.bin");
  const sources = [content, content.buffer, new Blob([content]), file, pathToFileURL(file), pathToFileURL(file).href];
  for (const source of [...sources, `${address}/a.bin`, new URL(`${address}/a.bin`)]) {
    expect([...(await readSource(source))]).toEqual([...content]);
  }
});

test("what is not there is named", async () => {
  await expect(readSource(join(folder, "gone"))).rejects.toThrow(FileError);
  await expect(readSource(join(folder, "gone"))).rejects.toThrow("ENOENT");
  await expect(readSource(`${address}/gone`)).rejects.toThrow(`Cannot fetch "${address}/gone": 404 Not Found`);
  await expect(readSource("http://127.0.0.1:1/x")).rejects.toThrow(FileError);
});

test("a browser has no paths, but text that is relative to its page", async () => {
  await expect(readPath("model.params")).rejects.toThrow("Give a URL or bytes.");
  Reflect.set(globalThis, "location", { href: `${address}/page/index.html` });
  try {
    expect([...(await readSource("../a.bin"))]).toEqual([...content]);
  } finally {
    Reflect.deleteProperty(globalThis, "location");
  }
});
