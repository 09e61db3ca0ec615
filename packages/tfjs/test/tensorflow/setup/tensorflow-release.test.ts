import { describe, expect, test } from "vitest";
import { CPU_RELEASE, GPU_RELEASE, type Wheel } from "../../../src/tensorflow/setup/tensorflow-release.ts";

const wheels = [...CPU_RELEASE.wheels, ...GPU_RELEASE.wheels];

describe("pinned wheels", () => {
  test.for(wheels)("$file", (wheel: Wheel) => {
    // The file name of a wheel says project, version and platform: PEP 427.
    const [project, version, ...tags] = wheel.file.slice(0, -".whl".length).split("-");
    expect(project?.replaceAll("_", "-")).toBe(wheel.project);
    expect(version).toBe(wheel.version);
    expect(tags.at(-1)?.split(".")).toContain(wheel.platform);
    expect(wheel.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(wheel.size).toBeLessThan(wheel.unpackedSize * 1.3);
  });

  test("no two share a hash or a place", () => {
    expect(new Set(wheels.map(({ sha256 }) => sha256)).size).toBe(wheels.length);
    expect(new Set(GPU_RELEASE.wheels.map(({ folder }) => folder)).size).toBe(GPU_RELEASE.wheels.length);
  });

  test("the GPU's TensorFlow is the processor's version", () => {
    expect(GPU_RELEASE.version).toBe(CPU_RELEASE.version);
  });
});
