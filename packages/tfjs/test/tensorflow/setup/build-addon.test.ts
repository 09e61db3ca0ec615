import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { buildAddon } from "../../../src/tensorflow/setup/build-addon.ts";

vi.mock(import("node:os"), async (original) => ({ ...(await original()), availableParallelism: () => 2 }));

/**
 * Says in the log when it begins and ends; a source named `pair-*` waits until both have begun, one named `bad` is
 * refused. An object has the source's text, and what is linked has the texts of all objects, in order.
 */
const COMPILER = `#!/bin/sh
for word; do
  case "$word" in *.cc) source="$word";; *.o) objects="$objects $word";; esac
  last="$word"
done
if [ -z "$source" ]; then /bin/cat \${objects} > "$last"; exit 0; fi
name="\${source##*/}"
echo "begin $name" >> "$LOG"
case "$name" in
  pair-*) tries=0
    while [ "$(/bin/grep -c "begin pair-" "$LOG")" -lt 2 ]; do
      tries=$((tries + 1)); [ "$tries" -gt 500 ] && exit 1; /bin/sleep 0.01
    done;;
  bad*) echo "$name:7: error: expected ';'" >&2; exit 1;;
esac
/bin/cp "$source" "$last"
echo "end $name" >> "$LOG"
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mxgraft-build-addon-"));
  writeFileSync(join(folder, "g++"), COMPILER);
  chmodSync(join(folder, "g++"), 0o755);
  writeFileSync(log(), "");
});
afterEach(() => rmSync(folder, { recursive: true }));

const log = () => join(folder, "log");
const lines = () => readFileSync(log(), "utf8").split("\n").slice(0, -1);

async function build(names: readonly string[]): Promise<string> {
  const sources = names.map((name) => join(folder, name));
  for (const source of sources) writeFileSync(source, `${source.at(-4)}`);
  const addon = { name: "test", sources, defines: [], libraries: [] };
  await buildAddon(addon, join(folder, "g++"), folder, folder, { LOG: log() });
  return readFileSync(join(folder, "test.node"), "utf8");
}

const files = ["pair-a.cc", "pair-b.cc", "c.cc", "d.cc"];

test.skipIf(process.platform === "win32")("files are compiled as many at once as there are processors", async () => {
  // Either of the first two would fail alone.
  expect(await build(files)).toBe("abcd");
  let running = 0;
  const most = Math.max(
    ...lines().map((line) => {
      running += line.startsWith("begin") ? 1 : -1;
      return running;
    }),
  );
  expect(most).toBe(2);
  expect(readdirSync(folder).sort()).toEqual([...files, "g++", "log", "test.node"].sort());
});

test.skipIf(process.platform === "win32")("a file that does not compile is named, and no other is begun", async () => {
  const bad = join(folder, "bad.cc");
  const others = Array.from({ length: 30 }, (_, i) => `${i}.cc`);
  await expect(build(["bad.cc", ...others])).rejects.toThrow(
    `"${join(folder, "g++")}" could not compile "${bad}" of the addon "test"; it says:\n  bad.cc:7: error: expected ';'`,
  );
  expect(lines()).not.toContain("begin 29.cc");
  expect(readdirSync(folder)).not.toContain("test.node");
});
