import { classColors } from "@mxgraft/plot";
import { domainFromZero } from "../charts/linear-scale.ts";
import type { ExportPurpose, ModelFiles, TrainingReport, TrainingRequest } from "../protocol/training-messages.ts";
import { settingsChange, type TrainingSettings } from "../protocol/training-settings.ts";
import {
  INITIAL_TRAINING,
  reduceTraining,
  type TrainingEvent,
  type TrainingState,
} from "../training/training-state.ts";
import { CurveChart } from "./curve-chart.ts";
import { DigitPeek } from "./digit-peek.ts";
import { byId, make, setText } from "./element.ts";
import { Engine } from "./engine.ts";
import { FeatureCanvas } from "./feature-canvas.ts";
import { onColorsChange } from "./figure-colors.ts";
import { count, percent, short } from "./number-text.ts";
import { saveFile } from "./save-file.ts";
import { Store } from "./store.ts";
import { TrainingControls } from "./training-controls.ts";
import { pictureWords, trainingNews } from "./training-words.ts";

/** The view that trains. */
export class TrainingView {
  readonly #store = new Store<TrainingState, TrainingEvent>(INITIAL_TRAINING, reduceTraining);
  readonly #engine: Engine<TrainingRequest, TrainingReport>;
  readonly #features: FeatureCanvas;
  readonly #peek: DigitPeek;
  readonly #controls: TrainingControls;
  readonly #accuracyChart: CurveChart;
  readonly #lossChart: CurveChart;
  readonly #openModel: (files: ModelFiles) => void;
  readonly #run = byId("train-run", HTMLButtonElement);
  readonly #canvas = byId("features", HTMLCanvasElement);

  /** @param openModel  shows a model in the other view. */
  constructor(openModel: (files: ModelFiles) => void) {
    this.#openModel = openModel;
    this.#engine = new Engine(
      "training",
      (report) => this.#take(report),
      (message) => this.#store.dispatch({ kind: "failed", message }),
    );
    this.#features = new FeatureCanvas(this.#canvas);
    this.#peek = new DigitPeek(this.#canvas, this.#features);
    this.#controls = new TrainingControls((change) => this.#set(change));
    this.#accuracyChart = new CurveChart(byId("chart-accuracy", HTMLCanvasElement), () => [0, 1]);
    this.#lossChart = new CurveChart(byId("chart-loss", HTMLCanvasElement), (lines) =>
      domainFromZero(lines.map(({ curve }) => curve.y)),
    );
    this.#listen();
    this.#showLegend();
    onColorsChange(() => this.#showLegend());
    this.#store.watch((state, before) => this.#show(state, before));
  }

  /** Starts the worker, when it does not run yet. */
  start(): void {
    this.#engine.start();
  }

  /** Asks for the network as files; they come as the purpose says. */
  export(purpose: ExportPurpose): void {
    const withoutCenterLoss = purpose === "model-view" || byId("export-plain", HTMLInputElement).checked;
    this.#engine.send({ kind: "export", purpose, withoutCenterLoss });
  }

  #listen(): void {
    this.#run.addEventListener("click", () => {
      this.#engine.send({ kind: this.#store.state.phase === "running" ? "pause" : "run" });
    });
    byId("train-step", HTMLButtonElement).addEventListener("click", () => this.#engine.send({ kind: "step" }));
    byId("train-reset", HTMLButtonElement).addEventListener("click", () => {
      const { settings, asked } = this.#store.state;
      this.#engine.send({ kind: "start", settings, asked });
    });
    const exports = { "export-symbol": "symbol", "export-params": "params", "export-open": "model-view" } as const;
    for (const [id, purpose] of Object.entries(exports)) {
      byId(id, HTMLButtonElement).addEventListener("click", () => this.export(purpose));
    }
  }

  #set(change: Partial<TrainingSettings>): void {
    const { settings: before } = this.#store.state;
    const settings = { ...before, ...change };
    if (settingsChange(before, settings) === "none") return;
    this.#store.dispatch({ kind: "set", settings });
    this.#engine.send({ kind: "change", settings, asked: this.#store.state.asked });
  }

  #take(report: TrainingReport): void {
    this.#store.dispatch(report);
    switch (report.kind) {
      case "backends": {
        // The worker listens now.
        const { settings, asked } = this.#store.state;
        const wanted = report.choices.find(({ name }) => name === settings.backend);
        const first = wanted?.available ? wanted : report.choices.find(({ available }) => available);
        const backend = first?.name ?? settings.backend;
        this.#engine.send({ kind: "start", settings: { ...settings, backend }, asked });
        return;
      }
      case "digits":
        this.#features.setLabels(report.labels);
        this.#peek.digits = report;
        return;
      case "snapshot":
        this.#features.show(report.snapshot);
        this.#peek.predicted = report.snapshot.predicted;
        return;
      case "exported":
        this.#deliver(report.purpose, report.files);
        return;
      default:
    }
  }

  #deliver(purpose: ExportPurpose, files: ModelFiles): void {
    const { prefix, symbol, params, epoch } = files;
    if (purpose === "model-view") this.#openModel(files);
    else if (purpose === "symbol") saveFile(`${prefix}-symbol.json`, symbol, "application/json");
    else {
      const number = String(Math.floor(epoch)).padStart(4, "0");
      saveFile(`${prefix}-${number}.params`, new Uint8Array(params), "application/octet-stream");
    }
  }

  #showLegend(): void {
    const colors = classColors(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    byId("legend", HTMLElement).replaceChildren(
      ...colors.map((color, digit) => {
        const dot = make("i");
        dot.style.background = color;
        return make("li", {}, dot, digit);
      }),
    );
  }

  #show(state: TrainingState, before: TrainingState | undefined): void {
    const { phase, snapshot, settings } = state;
    if (state.backends !== before?.backends) this.#controls.showBackends(state.backends);
    if (settings !== before?.settings || state.backends !== before.backends) this.#controls.show(settings);
    this.#showPhase(state);
    setText(byId("out-accuracy", HTMLElement), percent(snapshot?.accuracy ?? Number.NaN));
    setText(byId("out-step", HTMLElement), count(state.step));
    setText(byId("out-epoch", HTMLElement), state.epoch.toFixed(1));
    setText(byId("out-speed", HTMLElement), state.samplesPerSecond > 0 ? count(state.samplesPerSecond) : "–");
    setText(byId("out-separation", HTMLElement), short(snapshot?.separation ?? Number.NaN));
    if (state.curves !== before?.curves) this.#showCurves(state);
    if (phase !== before?.phase || snapshot !== before.snapshot) this.#say(state, before);
    const view = byId("view-train", HTMLElement);
    view.dataset.phase = phase;
    view.dataset.backend = settings.backend;
    view.dataset.tensors = String(state.tensors);
    view.dataset.shown = String(snapshot?.step ?? 0);
  }

  #showPhase({ phase, busy, error }: TrainingState): void {
    setText(byId("train-busy", HTMLElement), busy === undefined ? "" : `${busy} …`);
    const notice = byId("train-error", HTMLElement);
    notice.hidden = error === undefined;
    setText(notice, error ?? "");
    setText(this.#run, phase === "running" ? "Pause" : "Train");
    byId("train-reset", HTMLButtonElement).disabled = phase === "loading";
    for (const id of ["train-run", "train-step", "export-symbol", "export-params", "export-open"]) {
      byId(id, HTMLButtonElement).disabled = phase === "loading" || phase === "empty";
    }
  }

  #showCurves({ curves }: TrainingState): void {
    this.#accuracyChart.show([
      { curve: curves.trainAccuracy, role: "second", noisy: true },
      { curve: curves.testAccuracy, role: "line", noisy: false },
    ]);
    this.#lossChart.show([
      { curve: curves.centerLoss, role: "second", noisy: true },
      { curve: curves.loss, role: "line", noisy: true },
    ]);
  }

  /** Says in words what the pictures show, and what is new. */
  #say(state: TrainingState, before: TrainingState | undefined): void {
    const { features, accuracy, loss } = pictureWords(state);
    this.#canvas.setAttribute("aria-label", features);
    byId("chart-accuracy", HTMLElement).setAttribute("aria-label", accuracy);
    byId("chart-loss", HTMLElement).setAttribute("aria-label", loss);
    const news = trainingNews(state, before);
    if (news !== undefined) setText(byId("train-announce", HTMLElement), news);
  }
}
