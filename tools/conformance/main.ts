import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { BackendError, UsageError } from "@mxgraft/base";
import { CARRIERS, type CarrierName, EXECUTION_MODES, type ExecutionMode } from "@mxgraft/executor";
import { BACKEND_NAMES, isBackendName } from "@mxgraft/tfjs";
import { Command, InvalidArgumentError, Option } from "commander";
import { registerAll } from "mxgraft";
import { CHROMIUM_MISSING } from "../browser/launch-chromium.ts";
import { softwareVulkan } from "../browser/software-vulkan.ts";
import { browserRunner, nodeRunner } from "./case-runner.ts";
import { findCases } from "./find-cases.ts";
import { count, describe, formatCounts } from "./report.ts";
import type { CaseResult } from "./run-case.ts";

interface Options {
  readonly backend: string;
  readonly group?: readonly string[];
  readonly case?: readonly string[];
  readonly json?: boolean;
  readonly mode?: ExecutionMode;
  readonly carrier?: CarrierName;
  readonly browser?: boolean;
  readonly limit?: number;
  readonly software?: boolean;
  readonly data: string;
  readonly models: string;
}

/** Folders of digits and models lie beside the checkout, where they are at all. */
const shared = resolve(dirname(fileURLToPath(import.meta.url)), "../../../shared");

function namesOf(value: string): string[] {
  const names = value
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length === 0) throw new InvalidArgumentError("expected names such as ops,graphs");
  return names;
}

function limitOf(value: string): number {
  const limit = Number(value);
  if (!Number.isFinite(limit) || limit <= 0) throw new InvalidArgumentError("expected a number above 0, e.g. 5e6");
  return limit;
}

const command = new Command("conformance")
  .description("Replays cases recorded from MXNet 1.9.1 and compares what comes out.")
  .argument("<dir>", "folder of the cases: of all groups, or of one")
  .option("--backend <name>", `${BACKEND_NAMES.join(", ")} or auto`, "auto")
  .option("--group <names>", "only these groups, separated by commas", namesOf)
  .option("--case <names>", "only the cases of these names, or that begin with one and a slash", namesOf)
  .addOption(new Option("--mode <name>", "how graphs run; by default as they would").choices(EXECUTION_MODES))
  .addOption(
    new Option("--carrier <name>", "what runs compiled graphs; by default the fastest that is there").choices(CARRIERS),
  )
  .option("--browser", "in headless Chromium instead of in Node, with WebGL and WebGPU in software")
  .option("--software", "WebGPU in Node on the processor, with the driver that comes with Chromium")
  .option("--limit <number>", "skip cases of more multiply-adds in a forward pass", limitOf)
  .option("--json", "print the results as JSON")
  .option("--data <dir>", "folder with mnist/ (digits)", resolve(shared, "data"))
  .option("--models <dir>", "folder of trained models", resolve(shared, "models"))
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });

async function main(): Promise<number> {
  command.parse();
  const options = command.opts<Options>();
  // The replays bind without saying how graphs run, and so take what the environment says.
  if (options.mode !== undefined) process.env.MXGRAFT_MODE = options.mode;
  if (options.carrier !== undefined) process.env.MXGRAFT_CARRIER = options.carrier;
  const { root, cases } = findCases(resolve(command.args[0] ?? ""));
  const chosen = cases.filter(({ group, name }) => {
    const named = options.case?.some((wanted) => name === wanted || name.startsWith(`${wanted}/`)) ?? true;
    return named && (options.group?.includes(group) ?? true);
  });
  if (chosen.length === 0) {
    const groups = [...new Set(cases.map(({ group }) => group))].join(", ");
    throw new UsageError(`No case fits --group and --case. Groups there are ${groups}.`);
  }
  const name = options.backend;
  if (name !== "auto" && !isBackendName(name)) {
    throw new UsageError(`Backend "${name}" is not known, expected auto, ${BACKEND_NAMES.join(", ")}.`);
  }
  registerAll();
  if (options.software) {
    const driver = softwareVulkan();
    if (Object.keys(driver).length === 0) throw new UsageError(CHROMIUM_MISSING);
    Object.assign(process.env, driver);
  }
  if (options.browser && name === "auto") throw new UsageError("--browser needs --backend, e.g. --backend webgl.");
  const folders = { goldens: root, data: options.data, models: options.models };
  const runner = await (options.browser ? browserRunner : nodeRunner)({
    backend: name,
    folders,
    ...(options.limit === undefined ? {} : { limit: options.limit }),
  });
  const host = options.browser ? "chromium" : "node";
  const progress = !options.json && process.stderr.isTTY;
  const results: CaseResult[] = [];
  try {
    for (const [i, place] of chosen.entries()) {
      if (progress) process.stderr.write(`\r\x1b[K${i + 1}/${chosen.length} ${place.group}/${place.name}`);
      results.push(await runner.run(place));
    }
  } finally {
    await runner.close();
  }
  if (progress) process.stderr.write("\r\x1b[K");
  const counts = count(results);
  if (options.json) {
    console.log(
      JSON.stringify(
        {
          backend: runner.backend,
          host,
          ...(options.mode && { mode: options.mode }),
          ...(options.carrier && { carrier: options.carrier }),
          counts,
          results: results.filter(({ status }) => status !== "prose"),
        },
        null,
        1,
      ),
    );
  } else {
    console.log(`Backend ${runner.backend} in ${host}`);
    for (const line of describe(results)) console.log(line);
    console.log(formatCounts(counts));
  }
  return counts.failed > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof BackendError)) throw error;
  console.error(`conformance: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
