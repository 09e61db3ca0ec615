import { SingleBar } from "cli-progress";
import type { BatchReport, EpochReport } from "../digits/digits-report.ts";

/** Shows people a training while it runs. */
export interface TrainingDisplay {
  /** A line of MXNet's training log. */
  log(line: string): void;
  /** Something that people should read although all goes on. */
  warn(line: string): void;
  batch(report: BatchReport): void;
  /** Milliseconds after which it can show another batch. */
  readonly batchInterval: number;
  epoch(report: EpochReport): void;
  /** What happens when no batches are trained. */
  phase(what: string): void;
  /** Leaves the terminal as it was. */
  stop(): void;
}

/** `0.9321`, `12.4`, `153`: numbers of any size in few characters. */
function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return value.toFixed(size < 10 ? 3 : size < 100 ? 1 : 0);
}

/** `48 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Lines of MXNet's log, for files and pipes. */
export function logDisplay(write: (line: string) => void): TrainingDisplay {
  return {
    log: write,
    warn: write,
    batch() {},
    batchInterval: Number.POSITIVE_INFINITY,
    epoch() {},
    phase() {},
    stop() {},
  };
}

/** Milliseconds between two pictures of the bar. */
const REFRESH = 100;

/** The epoch that runs as a bar that moves, the ones before as a table. */
export function liveDisplay(stream: NodeJS.WriteStream): TrainingDisplay {
  let bar: SingleBar | undefined;
  let lastEpoch = 0;
  let headed = false;
  const columns = ["loss", "accuracy", "center loss", "test accuracy", "digits/s", "time"];
  const row = (epoch: string, cells: readonly string[]) =>
    `${epoch.padEnd(12)}${cells.map((cell, i) => cell.padStart(Math.max(9, (columns[i] ?? "").length + 2))).join("")}\n`;
  const clear = () => {
    bar?.stop();
    bar = undefined;
    // In place of the bar, or of what a phase said.
    stream.write("\r\u001b[K");
  };
  return {
    log() {},
    warn(line) {
      clear();
      stream.write(`${line}\n`);
    },
    batch(report) {
      lastEpoch = report.lastEpoch;
      if (bar === undefined) {
        stream.write("\r\u001b[K");
        bar = new SingleBar({
          stream,
          format: "epoch {epoch} {bar} {percentage}% | {metrics} | {speed} digits/s | ETA {left}",
          barsize: 16,
          barCompleteChar: "\u2588",
          barIncompleteChar: "\u2591",
          clearOnComplete: true,
          hideCursor: true,
          fps: 1000 / REFRESH,
          gracefulExit: false,
        });
        bar.start(report.batches, 0, payloadOf(report));
      }
      bar.update(report.batch, payloadOf(report));
    },
    batchInterval: REFRESH,
    epoch({ epoch, train, test, seconds, samplesPerSecond }) {
      clear();
      if (!headed) stream.write(row("epoch", columns));
      headed = true;
      const cells = [train.loss, train.accuracy, train.centerLoss, test.accuracy].map(short);
      stream.write(row(`${epoch}/${lastEpoch}`, [...cells, String(Math.round(samplesPerSecond)), duration(seconds)]));
    },
    phase(what) {
      clear();
      stream.write(`${what} ...`);
    },
    stop: clear,
  };
}

function payloadOf(report: BatchReport): object {
  const { loss, accuracy, centerLoss } = report;
  return {
    epoch: `${report.epoch}/${report.lastEpoch}`,
    metrics: `loss ${short(loss)}  accuracy ${short(accuracy)}  center loss ${short(centerLoss)}`,
    speed: String(Math.round(report.samplesPerSecond)),
    left: duration(report.secondsLeft),
  };
}
