import { BackendError } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { BackendHost, Probe } from "../../src/backends/backend-host.ts";
import type { BackendName } from "../../src/backends/backend-name.ts";
import { backendStatus } from "../../src/backends/backend-status.ts";
import { preferredBackend, setBackend } from "../../src/backends/set-backend.ts";

const here = vi.hoisted(() => ({
  probes: new Map<string, unknown>(),
  broken: new Map<string, string>(),
}));

/** A host with the backends that a test says, of which only cpu really computes. */
vi.mock("#backend-host", () => {
  const host: BackendHost = {
    preference: ["tensorflow", "webgpu", "wasm", "cpu"],
    probe: async (name) => (here.probes.get(name) as Probe | undefined) ?? { available: false, reason: "left out" },
    load: async (name) => {
      const fault = here.broken.get(name);
      if (fault !== undefined) throw new Error(fault);
    },
    loadNativeOperators: () => ({ available: false, reason: "left out" }),
    loadSession: () => {
      throw new Error("left out");
    },
  };
  return { host };
});

function backendsHere(probes: Partial<Record<BackendName, Probe>>, broken: Record<string, string> = {}): void {
  here.probes = new Map(Object.entries(probes));
  here.broken = new Map(Object.entries(broken));
}

afterEach(() => vi.restoreAllMocks());

describe("auto", () => {
  test("passes over a backend that is slower than the next", async () => {
    backendsHere({
      webgpu: { available: true, slow: true, detail: "SwiftShader (software)" },
      cpu: { available: true },
    });
    expect(await setBackend("auto")).toBe("cpu");
  });

  test("says so when a backend is there and does not start", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    backendsHere({ tensorflow: { available: true }, cpu: { available: true } }, { tensorflow: "libstdc++ is too old" });
    expect(await setBackend("auto")).toBe("cpu");
    expect(warn.mock.calls).toEqual([
      ['Backend "tensorflow" is there but does not start: libstdc++ is too old. Trying the next one.'],
    ]);
    const [status] = await backendStatus();
    expect(status).toEqual({ name: "tensorflow", available: false, reason: "libstdc++ is too old" });
  });

  test("fails when nothing starts", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    backendsHere({ cpu: { available: true } }, { cpu: "broken" });
    await expect(setBackend("auto")).rejects.toThrow('No backend can be started here. "cpu": broken.');
  });
});

test("the preferred backend is named without waking the ones behind it", async () => {
  backendsHere({
    webgpu: { available: true, slow: true },
    wasm: { available: true },
  });
  const probes = vi.spyOn(here.probes, "get");
  expect(await preferredBackend()).toBe("wasm");
  expect(probes.mock.calls.flat()).not.toContain("cpu");
});

test("the status of some backends leaves the others alone", async () => {
  backendsHere({ wasm: { available: true }, cpu: { available: true } });
  const probes = vi.spyOn(here.probes, "get");
  expect(await backendStatus({ names: ["wasm"] })).toEqual([{ name: "wasm", available: true }]);
  expect(probes.mock.calls.flat()).toEqual(["wasm"]);
});

describe("a name", () => {
  test("never falls back to another backend", async () => {
    backendsHere({ cpu: { available: true }, webgpu: { available: true } });
    await setBackend("cpu");
    // The host says it is there, but no package registered it: tfjs then answers with a warning or an error only.
    const error = await setBackend("webgpu").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({ message: expect.stringMatching(/^Backend "webgpu" cannot be started: .*webgpu/) });
    expect(tf.getBackend()).toBe("cpu");
  });

  test("is tried again after a failure", async () => {
    backendsHere({ cpu: { available: true } }, { cpu: "not yet" });
    await expect(setBackend("cpu")).rejects.toThrow('Backend "cpu" cannot be started: not yet.');
    backendsHere({ cpu: { available: true } });
    expect(await setBackend("cpu")).toBe("cpu");
  });
});
