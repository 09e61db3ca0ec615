import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { backendStatus } from "../../src/backends/backend-status.ts";
import { setBackend } from "../../src/backends/set-backend.ts";
import { loadNativeOperators } from "../../src/native-operators.ts";
import { loadOperatorsFile } from "../../src/tensorflow/load-native-operators.ts";
import { buildAddon, findCompiler } from "../../src/tensorflow/setup/build-addon.ts";

const [tensorflow] = await backendStatus({ names: ["tensorflow"] });

const compiler = await findCompiler(process.env).catch(() => undefined);
const folder = mkdtempSync(join(tmpdir(), "mxgraft-load-"));

afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true }));

test("native operators wait for TensorFlow", () => {
  expect(tf.findBackend("tensorflow")).toBeNull();
  expect(loadNativeOperators("no-such")).toEqual({
    available: false,
    reason: 'the backend "tensorflow" is not loaded',
  });
});

test.skipIf(!tensorflow?.available)("what is not built is said, with what to do", async () => {
  await setBackend("tensorflow");
  expect(loadNativeOperators("no-such")).toEqual({
    available: false,
    reason: expect.stringMatching(/^not built: run "npm run setup:tensorflow"/),
  });
  vi.stubEnv("MXGRAFT_NATIVE", "0");
  expect(loadNativeOperators("no-such")).toEqual({ available: false, reason: "switched off by MXGRAFT_NATIVE=0" });
});

test("a link to a file that is gone is told apart from one that never was", () => {
  const path = join(folder, "dangling.node");
  symlinkSync(join(folder, "nowhere"), path);
  expect(loadOperatorsFile(path)).toMatchObject({ available: false, reason: expect.stringContaining("is gone from") });
});

test.skipIf(process.platform !== "linux" || compiler === undefined)(
  "operators that were built for another TensorFlow are refused, and the process lives on",
  async () => {
    const source = join(folder, "foreign.cc");
    writeFileSync(
      source,
      `#include <node_api.h>
       extern "C" int symbol_of_another_tensorflow();
       static napi_value Use(napi_env, napi_callback_info) { symbol_of_another_tensorflow(); return nullptr; }
       static napi_value Init(napi_env env, napi_value exports) {
         napi_create_function(env, "use", 3, Use, nullptr, &exports);
         return exports;
       }
       NAPI_MODULE(foreign, Init)`,
    );
    const addon = { name: "foreign", sources: [source], defines: [], libraries: [] };
    await buildAddon(addon, compiler ?? "", folder, folder, process.env);
    expect(loadOperatorsFile(join(folder, "foreign.node"))).toEqual({
      available: false,
      reason: expect.stringMatching(/does not load \(.*undefined symbol: symbol_of_another_tensorflow\): run "npm run/),
    });
  },
);
