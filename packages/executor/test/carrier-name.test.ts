import { UsageError } from "@mxgraft/base";
import { afterEach, describe, expect, test, vi } from "vitest";
import { askedCarrier } from "../src/carrier-name.ts";
import { describeCompilation } from "../src/describe-compilation.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("MXGRAFT_CARRIER", () => {
  test.for([
    { value: undefined, carrier: undefined },
    { value: "", carrier: undefined },
    { value: "auto", carrier: undefined },
    { value: "session", carrier: "session" },
    { value: "function", carrier: "function" },
  ])("$value asks for $carrier", ({ value, carrier }) => {
    vi.stubEnv("MXGRAFT_CARRIER", value);
    expect(askedCarrier()).toBe(carrier);
  });

  test("names what it can be", () => {
    vi.stubEnv("MXGRAFT_CARRIER", "sessions");
    expect(askedCarrier).toThrow(UsageError);
    expect(askedCarrier).toThrow(
      'MXGRAFT_CARRIER is "sessions", expected "auto", "function" or "session". Did you mean "session"?',
    );
  });
});

test("the log says what carries a training, and why not the fastest", () => {
  const reason = 'native operators "function-library": not built';
  expect(describeCompilation({ mode: "compiled", carrier: "session", reason, eagerNodes: [] })).toEqual([
    "Training runs compiled, in a session: each step is one call",
    `Not as a function, which is faster: ${reason}`,
  ]);
  expect(describeCompilation({ mode: "compiled", carrier: "function", eagerNodes: [] })).toEqual([
    "Training runs compiled: each step is one call",
  ]);
});
