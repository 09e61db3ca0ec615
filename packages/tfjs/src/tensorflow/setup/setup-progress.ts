/** Is told what the set-up does. */
export interface SetupProgress {
  /** A step that may take seconds starts. */
  begin(step: string): void;
  /** How much of it is done, 0 to 1. */
  advance(fraction: number): void;
  /** It is done; `result` is a few words, e.g. a size. */
  end(result: string): void;
  /** A line for the user outside of any step. */
  say(line: string): void;
}

const BAR_CELLS = 24;

/** Shows progress on a stream: one line per step, with a bar while it runs if the stream is a terminal. */
export function streamProgress(stream: NodeJS.WriteStream): SetupProgress {
  let step = "";
  let started = 0;
  let drawn = 0;
  const redraw = (text: string) => stream.write(`\r\u001b[2K${text}`);
  return {
    begin(name) {
      step = name;
      started = performance.now();
      drawn = 0;
      if (stream.isTTY) redraw(`${step} ...`);
      else stream.write(`${step} ...\n`);
    },
    advance(fraction) {
      const now = performance.now();
      if (!stream.isTTY || now - drawn < 100) return;
      drawn = now;
      const full = Math.round(Math.min(1, Math.max(0, fraction)) * BAR_CELLS);
      redraw(`${step} [${"#".repeat(full)}${"-".repeat(BAR_CELLS - full)}] ${Math.round(fraction * 100)} %`);
    },
    end(result) {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const line = `${step}: ${result} (${seconds} s)\n`;
      if (stream.isTTY) redraw(line);
      else stream.write(`  ${result} (${seconds} s)\n`);
    },
    say(line) {
      stream.write(`${line}\n`);
    },
  };
}

/** Shows nothing. */
export const SILENT: SetupProgress = { begin() {}, advance() {}, end() {}, say() {} };
