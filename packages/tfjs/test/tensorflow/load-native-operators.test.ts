import * as tf from "@tensorflow/tfjs";
import { afterEach, expect, test, vi } from "vitest";
import { backendStatus } from "../../src/backends/backend-status.ts";
import { setBackend } from "../../src/backends/set-backend.ts";
import { loadNativeOperators } from "../../src/native-operators.ts";

const tensorflow = (await backendStatus()).find(({ name }) => name === "tensorflow");

afterEach(() => vi.unstubAllEnvs());

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
