import { existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nativeOperatorsStatus } from "../../../src/doctor/native-operators-status.ts";
import { removeTensorflow, setUpTensorflow } from "../../../src/tensorflow/setup/set-up-tensorflow.ts";
import { FakeMachine } from "./fake-machine.ts";

let fake: FakeMachine;
let source: string;
beforeEach(() => {
  fake = new FakeMachine();
  source = fake.declare("cubes");
});
afterEach(() => fake.remove());

const status = () => nativeOperatorsStatus(fake.operators, fake.tfjsNode);
const link = () => fake.operatorsFile("cubes");

describe("native operators of a package", () => {
  test("are compiled in a folder of their own beside the addon, and linked", async () => {
    expect(await setUpTensorflow(fake.options())).toMatchObject({
      changed: true,
      operators: [{ name: "cubes", package: "cubes-package" }],
    });
    expect(fake.ran).toEqual(["pip", "g++", "g++", "g++"]);
    expect(readFileSync(link(), "utf8")).toBe("addon\n");
    expect(dirname(dirname(readlinkSync(link())))).toBe(dirname(dirname(readlinkSync(fake.addon))));
    expect(await status()).toEqual([{ name: "cubes", package: "cubes-package", state: "built" }]);
  });

  test("are not compiled again, also not when only the link is gone", async () => {
    await setUpTensorflow(fake.options());
    expect(await setUpTensorflow(fake.options())).toMatchObject({ changed: false });
    rmSync(link());
    expect(await setUpTensorflow(fake.options())).toMatchObject({ changed: true });
    expect(existsSync(link())).toBe(true);
    expect(fake.ran).toEqual(["pip", "g++", "g++", "g++"]);
  });

  test("are compiled again, and they alone, when a source is another one; until then doctor says so", async () => {
    await setUpTensorflow(fake.options());
    writeFileSync(source, "// another source");
    const [before] = await status();
    expect(before?.reason).toContain("built from other sources than these");
    await setUpTensorflow(fake.options());
    expect(fake.ran).toEqual(["pip", "g++", "g++", "g++", "g++"]);
    expect(await status()).toEqual([{ name: "cubes", package: "cubes-package", state: "built" }]);
  });

  test("that do not compile are left out and said, the backend is set up and others are built", async () => {
    fake.declare("spheres");
    const result = await setUpTensorflow(fake.options({ REFUSES: "cubes.cc" }));
    expect(result.operators).toEqual([
      { name: "cubes", package: "cubes-package", reason: expect.stringContaining("cubes.cc:1: error: no") },
      { name: "spheres", package: "spheres-package" },
    ]);
    expect(fake.said.join("\n")).toContain("It is optional: cubes-package works without it, only slower.");
    expect(existsSync(fake.addon)).toBe(true);
    expect(await status()).toMatchObject([
      { name: "cubes", state: "missing", reason: expect.stringContaining("not built: run") },
      { name: "spheres", state: "built" },
    ]);
  });

  test("of older sources are not linked any more when the new ones do not compile", async () => {
    await setUpTensorflow(fake.options());
    writeFileSync(source, "// another source");
    await setUpTensorflow(fake.options({ REFUSES: "cubes.cc" }));
    expect(existsSync(link())).toBe(false);
  });

  test("get the PTX code of their CUDA file where TensorFlow is the one for GPUs", async () => {
    const cuda = fake.declareCuda();
    await setUpTensorflow(fake.options());
    expect(fake.commands.at(-1)).not.toContain("MXGRAFT_PTX");
    // As the CUDA libraries lie beside a TensorFlow for GPUs.
    const nvrtc = join(dirname(fake.installed), "nvidia", "cuda_nvrtc", "lib", "libnvrtc.so.12");
    mkdirSync(dirname(nvrtc), { recursive: true });
    writeFileSync(nvrtc, "");
    writeFileSync(source, "// another source");
    await setUpTensorflow(fake.options());
    const [compile, build] = fake.commands.slice(-3);
    const ptx = compile?.split(" ").at(-1) ?? "";
    expect(compile).toBe(`compile-ptx ${nvrtc} ${cuda} compute_70 ${ptx}`);
    expect(build).toContain(` -DMXGRAFT_PTX="${ptx}" `);
  });

  test("that do not load are said", async () => {
    const check = async (operators: readonly string[]) => {
      expect(operators).toEqual(["cubes"]);
      return { version: "9.9.9", device: "CPU" as const, milliseconds: 1, refused: { cubes: "undefined symbol" } };
    };
    const result = await setUpTensorflow({ ...fake.options(), check });
    expect(result.operators).toEqual([{ name: "cubes", package: "cubes-package", reason: "undefined symbol" }]);
  });

  test("are removed with the backend", async () => {
    await setUpTensorflow(fake.options());
    const removed = await removeTensorflow(fake.options());
    expect(removed).toEqual([link(), fake.addon, join(fake.cache, "tensorflow-9.9.9-cpu")]);
    expect(existsSync(link())).toBe(false);
  });
});
