import { expect, test, vi } from "vitest";
import { streamProgress } from "../../../src/tensorflow/setup/setup-progress.ts";

/** What a step shows on a stream, with the seconds taken out. */
function shown(isTTY: boolean): string {
  const write = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  const terminal = process.stdout.isTTY;
  process.stdout.isTTY = isTTY;
  try {
    const progress = streamProgress(process.stdout);
    progress.begin("Downloading x");
    progress.advance(0.5);
    progress.end("2 MB");
    progress.say("Linked");
    return write.mock.calls
      .map(([text]) => text)
      .join("")
      .replaceAll(/\d+\.\d s/g, "0.0 s");
  } finally {
    process.stdout.isTTY = terminal;
    write.mockRestore();
  }
}

test("a terminal gets one line that is drawn again, with a bar", () => {
  const erase = "\r\u001b[2K";
  expect(shown(true)).toBe(
    `${erase}Downloading x ...${erase}Downloading x [############------------] 50 %` +
      `${erase}Downloading x: 2 MB (0.0 s)\nLinked\n`,
  );
});

test("a file gets plain lines", () => {
  expect(shown(false)).toBe("Downloading x ...\n  2 MB (0.0 s)\nLinked\n");
});
