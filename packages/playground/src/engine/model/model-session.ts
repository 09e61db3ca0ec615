import { FormatError, formatShape, MxgraftError, toFloat32 } from "@mxgraft/base";
import { arraysByName, readParams, toDense } from "@mxgraft/files";
import { drawGraph } from "@mxgraft/plot";
import { loadJson } from "@mxgraft/symbol";
import { type HostArray, hostArray, inspectModel, type Symbol as MxSymbol, pictureModel, runModel } from "mxgraft";
import type { PageBackend } from "../../protocol/backend-choice.ts";
import type {
  BackendRun,
  InputShapes,
  ModelInput,
  ModelReport,
  ModelRequest,
  ModelView,
} from "../../protocol/model-messages.ts";
import { loadBackend } from "../load-backend.ts";
import { sentence } from "../sentence.ts";
import { guessShapes } from "./guess-shapes.ts";
import { largestDifference } from "./largest-difference.ts";
import { listNames } from "./list-names.ts";
import { modelProblems } from "./model-problems.ts";
import { outputView } from "./output-view.ts";

/** Forwards whose time is taken. */
const REPEAT = 5;
/** A drawing of more is no picture any more, and takes long. */
const MOST_NODES_DRAWN = 700;

interface OpenModel {
  readonly symbol: MxSymbol;
  readonly parameters: ReadonlyMap<string, HostArray> | undefined;
  readonly names: Pick<ModelView, "symbolName" | "paramsName">;
}

/** One model at a time: looks at it and runs it, as the page says. */
export class ModelSession {
  readonly #post: (report: ModelReport) => void;
  #model: OpenModel | undefined;

  constructor(post: (report: ModelReport) => void) {
    this.#post = post;
  }

  async apply(request: ModelRequest): Promise<void> {
    switch (request.kind) {
      case "open":
        this.#post({ kind: "busy", what: "Reading the files" });
        this.#model = await open(request.symbol, request.params);
        this.#show(this.#model, request.shapes ?? guessShapes(this.#model.symbol, this.#model.parameters ?? new Map()));
        return;
      case "inspect":
        this.#show(this.#requireModel(), request.shapes);
        return;
      case "run":
        return this.#run(request);
      default:
        request satisfies never;
    }
  }

  #requireModel(): OpenModel {
    if (this.#model === undefined) throw new Error("No model is open. Drop its files first.");
    return this.#model;
  }

  #show({ symbol, parameters, names }: OpenModel, shapes: InputShapes): void {
    // Kernels that only some backends have are told when such a backend runs; any other gap is one everywhere.
    const report = inspectModel(symbol, { shapes, backend: "cpu", ...(parameters ? { parameters } : {}) });
    const extra = report.parameterCheck?.extra ?? [];
    const view: ModelView = {
      ...names,
      layers: report.layers.map(({ node, operator, opType, shapes: outputs, ...sizes }) => ({
        node,
        operator: opType === undefined ? operator : `${operator} ${opType}`,
        output: outputs.map((shape) => (shape === null ? "?" : formatShape(shape))).join(" "),
        parameters: sizes.parameters,
        multiplyAdds: sizes.multiplyAdds,
      })),
      parameters: report.parameters,
      multiplyAdds: report.multiplyAdds,
      inputs: report.inputs.flatMap(({ name, role, shape }): ModelInput[] =>
        role === "input" || role === "label" ? [{ name, role, shape }] : [],
      ),
      problems: modelProblems(report),
      remarks: [
        ...(parameters === undefined ? ["Without a .params file the model can be looked at, but not run."] : []),
        ...(extra.length > 0
          ? [`The graph has no use for ${extra.length} of the arrays: ${listNames(extra.map(({ name }) => name))}.`]
          : []),
      ],
      picture: report.layers.length > MOST_NODES_DRAWN ? "" : drawGraph(pictureModel(symbol, report), { inline: true }),
    };
    this.#post({ kind: "opened", view });
  }

  async #run({ inputs, backends }: Extract<ModelRequest, { kind: "run" }>): Promise<void> {
    const { symbol, parameters = new Map<string, HostArray>() } = this.#requireModel();
    const arrays = new Map(
      Object.entries(inputs).map(([name, { shape, values }]) => [name, hostArray("float32", shape, values)] as const),
    );
    let reference: ReadonlyMap<string, HostArray> | undefined;
    for (const backend of backends) {
      this.#post({ kind: "busy", what: `Running on ${backend}` });
      try {
        await loadBackend(backend);
        const begun = performance.now();
        const { outputs, times } = await runModel(symbol, { parameters, inputs: arrays, repeat: REPEAT });
        const total = performance.now() - begun;
        reference ??= outputs;
        this.#post({ kind: "ran", run: backendRun(backend, outputs, times, total, reference) });
      } catch (error) {
        this.#post({ kind: "refused", backend, message: sentence(error) });
      }
    }
    this.#post({ kind: "finished" });
  }
}

async function open(symbolFile: File, paramsFile: File | undefined): Promise<OpenModel> {
  const symbol = await inFile(symbolFile, (bytes) => loadJson(bytes, { unknownOperators: "keep" }));
  const parameters = paramsFile && (await inFile(paramsFile, readParameters));
  return {
    symbol,
    parameters,
    names: { symbolName: symbolFile.name, ...(paramsFile ? { paramsName: paramsFile.name } : {}) },
  };
}

/** Messages of readers begin with the name of the file. */
async function inFile<T>(file: File, read: (bytes: Uint8Array, name: string) => T): Promise<T> {
  const buffer = await file.arrayBuffer().catch((cause: unknown) => {
    const size = `${(file.size / 1e6).toFixed(1)} MB`;
    throw new Error(
      `${file.name}: the browser cannot read it (${size}). It may be larger than the memory that a page gets, or have been moved or changed since it was chosen.`,
      { cause },
    );
  });
  try {
    return read(new Uint8Array(buffer), file.name);
  } catch (error) {
    if (error instanceof MxgraftError && !error.message.startsWith(file.name)) {
      error.message = `${file.name}: ${error.message}`;
    }
    throw error;
  }
}

function readParameters(bytes: Uint8Array, file: string): Map<string, HostArray> {
  const params = readParams(bytes, { file });
  if (params.entries.some(({ name }) => name === undefined)) {
    throw new FormatError(`${file}: its arrays have no names, so they cannot be given to a graph.`, { file });
  }
  return new Map(
    [...arraysByName(params)].map(([name, array]) => [name.replace(/^(arg|aux):/, ""), toDense(array)] as const),
  );
}

function backendRun(
  backend: PageBackend,
  outputs: ReadonlyMap<string, HostArray>,
  times: readonly number[],
  total: number,
  reference: ReadonlyMap<string, HostArray>,
): BackendRun {
  const sorted = [...times].sort((a, b) => a - b);
  const views = [...outputs].map(([name, array]) => outputView(name, array));
  let difference = 0;
  let magnitude = 0;
  for (const [name, array] of outputs) {
    const expected = reference.get(name);
    if (expected === undefined) continue;
    difference = Math.max(difference, largestDifference(toFloat32(array), toFloat32(expected)));
    for (const value of toFloat32(expected)) magnitude = Math.max(magnitude, Math.abs(value));
  }
  return {
    backend,
    outputs: views,
    firstTime: total - times.reduce((sum, time) => sum + time, 0),
    time: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    ...(outputs === reference ? {} : { difference }),
    magnitude,
  };
}
