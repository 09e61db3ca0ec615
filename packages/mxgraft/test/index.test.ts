import { customOperators, operators } from "@mxgraft/operator";
import { expect, test } from "vitest";
import * as mxgraft from "../src/index.ts";

test("importing registers the operators; doing it again does no harm", () => {
  expect(operators.get("Convolution")?.name).toBe("Convolution");
  expect(customOperators.get("centerloss")?.name).toBe("centerloss");
  mxgraft.registerAll();
  mxgraft.registerAll();
});

test("what MXNet programs start from is there under MXNet's names", () => {
  const names = ["CustomOp", "CustomOpProp", "register", "NDArray", "nd", "sym", "Module", "Xavier", "SGD", "Adam"];
  names.push("FactorScheduler", "MNISTIter", "NDArrayIter", "simpleBind", "metric", "lenet", "speedometer");
  for (const name of names) expect(mxgraft, name).toHaveProperty(name);
  expect(mxgraft.metric.create("acc").name).toBe("accuracy");
});
