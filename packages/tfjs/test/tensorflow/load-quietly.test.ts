import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { probeTensorflow } from "../../src/tensorflow/load-tensorflow.ts";

const tensorflow = probeTensorflow();
const reason = tensorflow.available ? "" : ` (skipped: tensorflow is ${tensorflow.reason})`;

/** What a process prints that only loads TensorFlow. */
function printed(environment: Record<string, string>) {
  const setBackend = fileURLToPath(new URL("../../src/backends/set-backend.ts", import.meta.url));
  const { TF_CPP_MIN_LOG_LEVEL: _, ...inherited } = process.env;
  const program = `import(${JSON.stringify(setBackend)}).then(({ setBackend }) => setBackend("tensorflow"))`;
  const tsx = createRequire(import.meta.url).resolve("tsx");
  const args = ["--conditions=@mxgraft/source", "--import", tsx, "--eval", program];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    env: { ...inherited, ...environment },
    encoding: "utf8",
  });
  return { status, text: stdout + stderr };
}

describe.skipIf(!tensorflow.available)(`loading TensorFlow${reason}`, () => {
  test("prints nothing", () => {
    expect(printed({})).toEqual({ status: 0, text: "" });
  });

  test("prints TensorFlow's notices when the log level asks for them", () => {
    const { status, text } = printed({ TF_CPP_MIN_LOG_LEVEL: "0", TF_ENABLE_ONEDNN_OPTS: "1" });
    expect(text).toContain("oneDNN custom operations are on");
    expect(status).toBe(0);
  });
});
