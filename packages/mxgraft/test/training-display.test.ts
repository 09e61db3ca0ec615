import { WriteStream } from "node:tty";
import { expect, test, vi } from "vitest";
import { duration, liveDisplay } from "../src/cli/training-display.ts";
import type { BatchReport } from "../src/index.ts";

test.for([
  [0.4, "0 s"],
  [59.4, "59 s"],
  [59.6, "1 min 0 s"],
  [200, "3 min 20 s"],
  [7500, "2 h 5 min"],
] as const)("%s seconds are %s", ([seconds, text]) => {
  expect(duration(seconds)).toBe(text);
});

const batch: BatchReport = {
  epoch: 1,
  lastEpoch: 2,
  batch: 3,
  batches: 4,
  loss: 1.25,
  accuracy: 0.5,
  centerLoss: 12.345,
  samplesPerSecond: 512.4,
  secondsLeft: 75,
};

/** A terminal whose writes are kept. */
function terminal() {
  const written: string[] = [];
  const stream: WriteStream = Object.create(WriteStream.prototype, {
    isTTY: { value: true },
    columns: { value: 120 },
    write: { value: (text: string) => written.push(text) > 0 },
    cursorTo: { value: () => true },
    moveCursor: { value: () => true },
    clearLine: { value: () => true },
    on: { value: vi.fn() },
  });
  return { stream, text: () => written.join("") };
}

test("on a terminal a bar shows loss, accuracy, center loss, speed and the time left, and leaves a row per epoch", () => {
  const { stream, text } = terminal();
  const display = liveDisplay(stream);
  display.batch(batch);
  expect(text()).toContain("epoch 1/2");
  expect(text()).toContain("loss 1.250  accuracy 0.500  center loss 12.3 | 512 digits/s | ETA 1 min 15 s");
  const metrics = { accuracy: 0.5, loss: 1.25, centerLoss: 12.345 };
  display.epoch({
    epoch: 1,
    train: metrics,
    test: { ...metrics, accuracy: 0.75 },
    seconds: 6,
    samplesPerSecond: 512,
    lr: 0.1,
  });
  display.stop();
  const lines = text().split("\n");
  expect(lines.at(-3)).toMatch(/epoch +loss +accuracy +center loss +test accuracy +digits\/s +time$/);
  expect(lines.at(-2)).toMatch(/^1\/2 +1\.250 +0\.500 +12\.3 +0\.750 +512 +6 s$/);
  // The cursor that the bar hid is shown again.
  expect(text().lastIndexOf("\u001b[?25h")).toBeGreaterThan(text().lastIndexOf("\u001b[?25l"));
});
