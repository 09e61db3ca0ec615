import { type ImageShape, imageShape } from "../model/image-shape.ts";
import { isRunnable, takesImages } from "../model/model-abilities.ts";
import {
  INITIAL_MODEL,
  type InputSource,
  type ModelEvent,
  type ModelState,
  reduceModel,
} from "../model/model-state.ts";
import { parseShape } from "../model/parse-shape.ts";
import { isPixelScale, pixelInput } from "../model/pixel-input.ts";
import { randomInput } from "../model/random-input.ts";
import { joinFiles, type ModelFilePair, sortFiles } from "../model/sort-files.ts";
import type { BackendChoice, PageBackend } from "../protocol/backend-choice.ts";
import { isPageBackend } from "../protocol/backend-choice.ts";
import type { InputShapes, ModelReport, ModelRequest } from "../protocol/model-messages.ts";
import type { ModelFiles } from "../protocol/training-messages.ts";
import { DrawingPad } from "./drawing-pad.ts";
import { byId, make, setText } from "./element.ts";
import { Engine } from "./engine.ts";
import { graphDrawing } from "./graph-drawing.ts";
import { layerRows, outputCards, runRows, runWords } from "./model-tables.ts";
import { rough, short } from "./number-text.ts";
import { PickedImage } from "./picked-image.ts";
import { RadioGroup } from "./radio-group.ts";
import { Store } from "./store.ts";

/** The view that shows and runs a model of the person's own. */
export class ModelView {
  readonly #store = new Store<ModelState, ModelEvent>(INITIAL_MODEL, reduceModel);
  readonly #engine: Engine<ModelRequest, ModelReport>;
  readonly #pad: DrawingPad;
  readonly #image: PickedImage;
  readonly #sources: RadioGroup<InputSource>;
  /** What is open, to be opened again in another worker, or parameters that wait for their graph. */
  #files: ModelFilePair<File> = {};
  /** What to do as soon as the worker listens; undefined once it does. */
  #waiting: ModelRequest[] | undefined = [];

  /** @param takeTrained  asks the other view for its network. */
  constructor(takeTrained: () => void) {
    this.#engine = new Engine(
      "models",
      (report) => this.#take(report),
      (message) => this.#store.dispatch({ kind: "failed", message }),
    );
    this.#pad = new DrawingPad(() => this.#runSoon());
    this.#image = new PickedImage(
      () => this.#runSoon(),
      (message) => this.#complain(message),
    );
    this.#sources = new RadioGroup<InputSource>(
      byId("set-source", HTMLElement),
      [
        { value: "draw", text: "Draw" },
        { value: "image", text: "Image" },
        { value: "random", text: "Random" },
      ],
      (source) => this.#store.dispatch({ kind: "source", source }),
    );
    byId("take-trained", HTMLButtonElement).addEventListener("click", takeTrained);
    this.#listenToFiles();
    this.#listenToRuns();
    this.#store.watch((state, before) => this.#show(state, before));
  }

  /** Starts the worker, when it does not run yet. */
  start(): void {
    this.#engine.start();
  }

  /** Opens the network of the other view. */
  openTrained({ prefix, symbol, params, epoch }: ModelFiles): void {
    this.#open({
      symbol: new File([symbol], `${prefix}-symbol.json`),
      params: new File([new Uint8Array(params)], `${prefix}-${String(Math.floor(epoch)).padStart(4, "0")}.params`),
    });
  }

  #complain(message: string): void {
    this.#store.dispatch({ kind: "wrong", message });
  }

  #send(request: ModelRequest): void {
    if (this.#waiting !== undefined) this.#waiting.push(request);
    else this.#engine.send(request);
  }

  #take(report: ModelReport): void {
    if (report.kind === "backends") {
      const waiting = this.#waiting ?? [];
      this.#waiting = undefined;
      for (const request of waiting) this.#engine.send(request);
    }
    this.#store.dispatch(report);
  }

  #listenToFiles(): void {
    const drop = byId("drop", HTMLElement);
    // Files may be dropped anywhere: beside the area, a browser would leave the page and show the file.
    addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
    addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) drop.classList.remove("over");
    });
    addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      location.hash = "model";
      this.#takeFiles(files);
    });
    const input = byId("pick-files", HTMLInputElement);
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      // The same files may be chosen again after a change.
      input.value = "";
      if (files.length > 0) this.#takeFiles(files);
    });
  }

  #takeFiles(files: readonly File[]): void {
    const { image, problem, ...found } = sortFiles(files);
    if (problem !== undefined) this.#complain(problem);
    else if (image !== undefined) this.#takeImage(image);
    else this.#open(joinFiles(this.#files, found));
  }

  #takeImage(image: File): void {
    const { view } = this.#store.state;
    if (view === undefined) this.#complain(`${image.name} is an image. Open a model first, then drop it again.`);
    else if (!takesImages(view)) this.#complain(`${image.name} is an image, but no input of this model is one.`);
    else {
      this.#store.dispatch({ kind: "source", source: "image" });
      void this.#image.take(image);
    }
  }

  #open(files: ModelFilePair<File>): void {
    this.#files = files;
    const { symbol, params } = files;
    if (symbol === undefined) {
      this.#complain(
        `${params?.name ?? "The file"} holds parameters only. Drop its graph too, the file …-symbol.json.`,
      );
      return;
    }
    this.#store.dispatch({ kind: "opening" });
    this.#send({ kind: "open", symbol, ...(params ? { params } : {}) });
  }

  #listenToRuns(): void {
    byId("shape-form", HTMLFormElement).addEventListener("change", () => this.#inspect());
    byId("shape-form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#inspect();
    });
    byId("run-model", HTMLButtonElement).addEventListener("click", () => this.#run());
    byId("run-stop", HTMLButtonElement).addEventListener("click", () => this.#stop());
  }

  #inspect(): void {
    const shapes: Record<string, number[]> = {};
    for (const input of byId("shape-form", HTMLFormElement).querySelectorAll("input")) {
      const shape = parseShape(input.value);
      if (shape !== undefined) shapes[input.name] = shape;
      input.setCustomValidity(
        shape === undefined && input.value.trim() !== ""
          ? "Write whole numbers with commas, such as 1, 3, 224, 224."
          : "",
      );
      if (!input.reportValidity()) return;
    }
    this.#send({ kind: "inspect", shapes });
  }

  /** Runs at once where it is clear what to run: after a stroke, say. */
  #runSoon(): void {
    if (!byId("run-model", HTMLButtonElement).disabled && !this.#store.state.running) this.#run();
  }

  #run(): void {
    const inputs = this.#inputs();
    if (inputs === undefined) return;
    const backends = [...byId("run-backends", HTMLElement).querySelectorAll("input:checked")].flatMap((input) =>
      input instanceof HTMLInputElement && isPageBackend(input.value) ? [input.value] : [],
    );
    if (backends.length === 0) {
      this.#complain("No backend is chosen. Tick at least one.");
      return;
    }
    this.#store.dispatch({ kind: "runs" });
    this.#send({ kind: "run", inputs, backends });
  }

  #stop(): void {
    // A computation cannot be interrupted, but its worker can be ended.
    this.#waiting = [];
    this.#engine.restart();
    this.#store.dispatch({ kind: "stopped" });
    const { symbol, params } = this.#files;
    if (symbol !== undefined) {
      this.#send({ kind: "open", symbol, ...(params ? { params } : {}), shapes: this.#shapes() });
    }
  }

  #shapes(): InputShapes {
    const { view } = this.#store.state;
    return Object.fromEntries(
      (view?.inputs ?? []).flatMap(({ name, role, shape }) => (role === "input" && shape ? [[name, shape]] : [])),
    );
  }

  /** The values of all inputs; undefined, with a message, when something is missing. */
  #inputs(): Extract<ModelRequest, { kind: "run" }>["inputs"] | undefined {
    const { source } = this.#store.state;
    const inputs: Record<string, { shape: readonly number[]; values: Float32Array }> = {};
    for (const [name, shape] of Object.entries(this.#shapes())) {
      const image = imageShape(shape);
      const size = shape.reduce((product, one) => product * one, 1);
      const values = image && source !== "random" ? this.#picture(image) : randomInput(size);
      if (values === undefined) {
        this.#complain("There is no image yet. Choose one, or draw.");
        return undefined;
      }
      inputs[name] = { shape, values };
    }
    return inputs;
  }

  #picture({ channels, height, width }: ImageShape): Float32Array | undefined {
    const scale = byId("set-scale", HTMLSelectElement).value;
    const rgba =
      this.#store.state.source === "draw" ? this.#pad.image(width, height) : this.#image.image(width, height);
    return rgba && pixelInput(rgba, channels, isPixelScale(scale) ? scale : "unit");
  }

  #show(state: ModelState, before: ModelState | undefined): void {
    const { view, busy, error, source, running } = state;
    setText(byId("model-busy", HTMLElement), busy === undefined ? "" : `${busy} …`);
    const notice = byId("model-error", HTMLElement);
    notice.hidden = error === undefined;
    setText(notice, error ?? "");
    byId("model", HTMLElement).hidden = view === undefined;
    if (state.backends !== before?.backends) showBackends(state.backends);
    if (view !== before?.view && view !== undefined) this.#showModel(view);
    this.#sources.show(source);
    byId("source-draw", HTMLElement).hidden = source !== "draw";
    byId("source-image", HTMLElement).hidden = source !== "image";
    byId("source-random", HTMLElement).hidden = source !== "random";
    byId("scale-field", HTMLElement).hidden = source === "random";
    byId("run-model", HTMLButtonElement).disabled = running || view === undefined || !isRunnable(view);
    byId("run-stop", HTMLElement).hidden = !running;
    if (state.runs !== before?.runs || state.refusals !== before.refusals) this.#showRuns(state);
    if (running !== before?.running) setText(byId("run-announce", HTMLElement), running ? "" : runWords(state));
  }

  #showModel(view: NonNullable<ModelState["view"]>): void {
    const { symbolName, paramsName, layers, parameters, multiplyAdds, inputs, problems, remarks, picture } = view;
    setText(byId("model-name", HTMLElement), paramsName === undefined ? symbolName : `${symbolName} + ${paramsName}`);
    setText(
      byId("model-size", HTMLElement),
      `${layers.length} layers, ${rough(parameters)} parameters, ${rough(multiplyAdds)} multiply-adds for one forward.`,
    );
    const items = (sentences: readonly string[]) => sentences.map((text) => make("li", {}, text));
    byId("model-problems", HTMLElement).replaceChildren(...items(problems));
    byId("model-remarks", HTMLElement).replaceChildren(...items(remarks));
    const fields = inputs
      .filter(({ role }) => role === "input")
      .map(({ name, shape }) => {
        const known = shape !== null && shape.length > 0 && !shape.includes(0);
        const input = make("input", {
          type: "text",
          name,
          inputmode: "text",
          spellcheck: "false",
          placeholder: "1, 3, 224, 224",
        });
        input.value = known ? shape.join(", ") : "";
        return make("label", {}, `Shape of “${name}”`, input);
      });
    byId("shape-form", HTMLFormElement).replaceChildren(...fields);
    if (!takesImages(view)) this.#store.dispatch({ kind: "source", source: "random" });
    const graph = byId("graph", HTMLElement);
    if (picture === "")
      graph.replaceChildren(make("p", {}, "The graph has too many nodes for a drawing. The table shows them all."));
    else graph.replaceChildren(...graphDrawing(picture));
    byId("layers", HTMLTableElement).tBodies[0]?.replaceChildren(...layerRows(layers));
  }

  #showRuns(state: ModelState): void {
    const { runs, refusals } = state;
    const table = byId("runs", HTMLTableElement);
    table.hidden = runs.length + refusals.length === 0;
    table.tBodies[0]?.replaceChildren(...runRows(state));
    const note = byId("runs-note", HTMLElement);
    const [first] = runs;
    note.hidden = first === undefined;
    if (first === undefined) byId("outputs", HTMLElement).replaceChildren();
    else {
      setText(
        note,
        `“First” includes shaders and uploads. Differences are from ${first.backend}, whose largest output is ${short(first.magnitude)}.`,
      );
      byId("outputs", HTMLElement).replaceChildren(...outputCards(first));
    }
  }
}

function showBackends(choices: readonly BackendChoice[]): void {
  const first: PageBackend | undefined = choices.find(({ available }) => available)?.name;
  byId("run-backends", HTMLElement).replaceChildren(
    ...choices.map(({ name, available, detail }) => {
      const input = make("input", { type: "checkbox", value: name, disabled: !available, checked: name === first });
      return make("label", { title: detail }, input, name);
    }),
  );
}
