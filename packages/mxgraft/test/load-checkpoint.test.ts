import { mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileError, float32Array, GraphError, hostArray, UsageError } from "@mxgraft/base";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bind, loadCheckpoint, Symbol as MxSymbol, readCheckpoint, setBackend } from "../src/index.ts";
import { writeSmallModel } from "./small-model.ts";

let folder = "";
let address = "";
const server = createServer((request, response) => {
  try {
    response.end(readFileSync(join(folder, request.url ?? "")));
  } catch {
    response.statusCode = 404;
    response.end();
  }
});

beforeAll(async () => {
  await setBackend("cpu");
  folder = mkdtempSync(join(tmpdir(), "checkpoint-"));
  writeSmallModel(folder);
  renameSync(join(folder, "symbol.json"), join(folder, "small-symbol.json"));
  renameSync(join(folder, "good.params"), join(folder, "small-0003.params"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const data = float32Array([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]);

test.for(["path", "URL"])("a checkpoint by %s, bound and run", async (how) => {
  const prefix = how === "path" ? join(folder, "small") : `${address}/small`;
  const { symbol, argParams, auxParams } = await loadCheckpoint(prefix, 3);
  const args = new Map([...argParams, ["data", data], ["softmax_label", float32Array([1])]] as const);
  const executor = bind(symbol, { args, auxStates: auxParams, gradReq: "null" });
  await executor.forward();
  const scores = await executor.outputs[0]?.toHost();
  executor.dispose();
  expect([...(scores?.data ?? [])].map(Number)).toEqual([0.25, 0.25, 0.5].map((value) => expect.closeTo(value, 5)));
});

test("the same from bytes", () => {
  const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
  const { symbol, argParams } = readCheckpoint(read("small-symbol.json"), read("small-0003.params"));
  expect(symbol.listOutputs()).toEqual(["softmax_output"]);
  expect([...argParams.keys()]).toEqual(["conv_weight", "conv_bias", "fc_weight", "fc_bias"]);
});

test("Symbol.load: a graph by path and URL; what is wrong names the place", async () => {
  const text = readFileSync(join(folder, "small-symbol.json"), "utf8");
  expect((await MxSymbol.load(join(folder, "small-symbol.json"))).toJSON()).toBe(text);
  expect((await MxSymbol.load(new URL(`${address}/small-symbol.json`))).toJSON()).toBe(text);
  const damaged = `${address}/damaged.json`;
  await expect(MxSymbol.load(damaged)).rejects.toThrow(GraphError);
  await expect(MxSymbol.load(damaged)).rejects.toThrow(`${damaged}: The graph is not JSON`);
  await expect(MxSymbol.load(`${address}/gone.json`)).rejects.toThrow(FileError);
  await expect(loadCheckpoint(join(folder, "small"), 4)).rejects.toThrow(FileError);
  await expect(loadCheckpoint(join(folder, "small"), -1)).rejects.toThrow(UsageError);
});

describe("bind", () => {
  const symbol = () => MxSymbol.load(join(folder, "small-symbol.json"));

  test("names everything that is missing, and what is unknown", async () => {
    const graph = await symbol();
    expect(() =>
      bind(graph, { args: { data, conv_bias: float32Array([2]), conv_weight: float32Array([2, 1, 2, 2]) } }),
    ).toThrow('Arguments have no array: "fc_weight", "fc_bias", "softmax_label".');
    expect(() => bind(graph, { args: { dta: data } })).toThrow(
      'The symbol has no argument "dta". Did you mean "data"?',
    );
    expect(() => bind(graph, { args: {}, auxStates: { mean: data } })).toThrow(
      'The symbol has no auxiliary state "mean".',
    );
  });

  test("types are those of the arrays", async () => {
    const { argParams } = await loadCheckpoint(join(folder, "small"), 3);
    const label = hostArray("float32", [1]);
    const executor = bind(await symbol(), { args: new Map([...argParams, ["data", data], ["softmax_label", label]]) });
    expect(executor.argCells.get("data")?.dtype).toBe("float32");
    expect(executor.gradCells.has("fc_weight")).toBe(true);
    executor.dispose();
  });
});
