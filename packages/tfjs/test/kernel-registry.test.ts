import { BackendError, RegistryError } from "@mxgraft/base";
import { CustomOp, CustomOpProp, customOperators, defineOperator, operators, resolveOperator } from "@mxgraft/operator";
import { customKernels, kernelFor, kernels, registerPlugin, type TfjsKernel } from "@mxgraft/tfjs";
import { describe, expect, test } from "vitest";

const kernel = (): TfjsKernel => ({ forward: () => [] });
const spec = (name: string) => defineOperator({ name, attributes: {}, inferShape: () => ({}) });

describe("kernelFor", () => {
  test("takes the backend's own kernel before the portable one", () => {
    const table = { portable: kernel(), wasm: kernel() };
    kernels.register("own_first", table);
    const resolved = { spec: spec("own_first"), attributes: {}, custom: false };
    expect(kernelFor(resolved, "wasm", [], [])).toBe(table.wasm);
    expect(kernelFor(resolved, "cpu", [], [])).toBe(table.portable);
  });

  test("custom operators have names of their own", () => {
    const builtin = { portable: kernel() };
    const custom = { portable: kernel() };
    kernels.register("shared_name", builtin);
    customKernels.register("shared_name", custom);
    const facts = { spec: spec("shared_name"), attributes: {} };
    expect(kernelFor({ ...facts, custom: false }, "cpu", [], [])).toBe(builtin.portable);
    expect(kernelFor({ ...facts, custom: true }, "cpu", [], [])).toBe(custom.portable);
  });

  test("says which backends have a kernel when this one has none", () => {
    kernels.register("only_some", { cpu: kernel(), webgpu: kernel() });
    const find = () => kernelFor({ spec: spec("only_some"), attributes: {}, custom: false }, "webgl", [], []);
    expect(find).toThrow(BackendError);
    expect(find).toThrow(
      'Operator "only_some" has no forward kernel for backend "webgl"; it has kernels for webgpu, cpu. Choose one with setBackend(), or import a package that adds it.',
    );
  });
});

describe("register", () => {
  test("refuses a second kernel for a backend, but not the same one again", () => {
    const table = { portable: kernel() };
    kernels.register("twice", table);
    kernels.register("twice", table);
    expect(() => kernels.register("twice", { portable: kernel() })).toThrow(RegistryError);
    const replacement = { portable: kernel() };
    kernels.register("twice", replacement, { replace: true });
    expect(kernels.find("twice")?.portable).toBe(replacement.portable);
  });

  test("adds a kernel for another backend", () => {
    kernels.register("grows", { portable: kernel() });
    kernels.register("grows", { wasm: kernel() });
    expect(Object.keys(kernels.find("grows") ?? {})).toEqual(["portable", "wasm"]);
  });
});

class Nothing extends CustomOp {
  forward(): void {}
}

class NothingProp extends CustomOpProp {
  createOperator() {
    return new Nothing();
  }
}

describe("registerPlugin", () => {
  const plugin = {
    name: "@example/plug-in",
    operators: [spec("plugged")],
    customOperators: { plugged_custom: spec("any name"), plugged_class: NothingProp },
    kernels: { plugged: { portable: kernel() }, plugged_custom: { portable: kernel() } },
  };

  test("registers operators and kernels, and does no harm twice", () => {
    registerPlugin(plugin);
    registerPlugin(plugin);
    expect(operators.get("plugged")).toBe(plugin.operators[0]);
    expect(operators.originOf("plugged")).toBe("@example/plug-in");
    expect(customOperators.get("plugged_custom").name).toBe("plugged_custom");
    expect(kernels.find("plugged")?.portable).toBe(plugin.kernels.plugged.portable);
    expect(customKernels.find("plugged_custom")?.portable).toBe(plugin.kernels.plugged_custom.portable);
  });

  test("an operator in MXNet's style brings its own computation", () => {
    registerPlugin(plugin);
    const resolved = resolveOperator("Custom", new Map([["op_type", "plugged_class"]]));
    expect(kernelFor(resolved, "webgl", [[1]], ["float32"]).asynchronous).toBe(true);
  });

  test("refuses a name that another plug-in has", () => {
    registerPlugin(plugin);
    expect(() => registerPlugin({ name: "./other.ts", customOperators: { plugged_class: NothingProp } })).toThrow(
      'Custom operator "plugged_class" is registered twice, by @example/plug-in and by ./other.ts.',
    );
  });
});
