import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { addonState } from "./tfjs-node-package.ts";

interface CapturedStderr {
  start(): void;
  stop(): string;
}

/** The addon `native/captured-stderr.cc`, which the set-up builds beside tfjs-node's; other builds have none. */
function capturedStderr(tfjsNode: string): CapturedStderr | undefined {
  const addon = addonState(tfjsNode);
  if (addon.state !== "present") return undefined;
  const file = join(dirname(addon.file), "captured_stderr.node");
  return existsSync(file) ? createRequire(import.meta.url)(file) : undefined;
}

/** Lines of TensorFlow's log that are no errors: `I0000 00:00:1700000000.123456 ...`, and W for warnings. */
function isNotice(line: string): boolean {
  return line.startsWith("I0000 ") || line.startsWith("W0000 ") || line.startsWith("WARNING: All log messages before");
}

/** Runs `load` without the notices that TensorFlow prints while it is loaded; what else it prints comes after it. */
export function loadQuietly(tfjsNode: string, load: () => void): void {
  const captured = capturedStderr(tfjsNode);
  captured?.start();
  try {
    load();
  } finally {
    const lines = (captured?.stop() ?? "").split("\n");
    const rest = lines.filter((line) => line !== "" && !isNotice(line));
    if (rest.length > 0) process.stderr.write(`${rest.join("\n")}\n`);
  }
}
