import * as tf from "@tensorflow/tfjs";
import { featureFigures } from "mxgraft";
import type { StepFigures, TrainingReport, TrainingRequest } from "../../protocol/training-messages.ts";
import { DEFAULT_SETTINGS, settingsChange, type TrainingSettings } from "../../protocol/training-settings.ts";
import { letMessagesIn } from "../inbox.ts";
import { loadBackend } from "../load-backend.ts";
import { PicturePlane } from "./picture-plane.ts";
import { drawPlaygroundDigits, type PlaygroundDigits } from "./playground-digits.ts";
import { type Learned, TrainingNetwork } from "./training-network.ts";

/** Reports of batches are collected so long: a page cannot show more. Milliseconds. */
const REPORT_EVERY = 60;
/** Between two snapshots at least so long, and so many times what a snapshot takes: training goes first. */
const SNAPSHOT_EVERY = 250;
const SNAPSHOT_SHARE = 4;
/** The speed is that of the last batches of so many milliseconds. */
const SPEED_WINDOW = 2000;

type Post = (report: TrainingReport, transfer?: Transferable[]) => void;

/** Trains as the page says, one batch at a time, and reports. */
export class Trainer {
  readonly #post: Post;
  #settings: TrainingSettings = DEFAULT_SETTINGS;
  /** Of the last request for settings. */
  #asked = 0;
  #digits: PlaygroundDigits | undefined;
  #network: TrainingNetwork | undefined;
  #plane = new PicturePlane();
  #running = false;
  #step = 0;
  #epoch = 0;
  #unreported: StepFigures[] = [];
  #reportedAt = 0;
  #snapshotAt = 0;
  #snapshotCost = 0;
  /** Digits and milliseconds of the last batches. */
  #speed: { digits: number; time: number }[] = [];

  constructor(post: Post) {
    this.#post = post;
  }

  get running(): boolean {
    return this.#running;
  }

  pause(): void {
    if (!this.#running) return;
    this.#running = false;
    this.#post({ kind: "running", running: false });
  }

  async apply(request: TrainingRequest): Promise<void> {
    switch (request.kind) {
      case "start":
        this.pause();
        this.#asked = request.asked;
        return this.#start(request.settings);
      case "change":
        this.#asked = request.asked;
        return this.#change(request.settings);
      case "run":
        this.#requireNetwork();
        this.#running = true;
        this.#speed = [];
        this.#snapshotAt = performance.now();
        this.#post({ kind: "running", running: true });
        return;
      case "pause":
        if (!this.#running) return;
        this.pause();
        this.#report();
        return this.#snapshot();
      case "step":
        this.pause();
        await this.trainBatch();
        this.#report();
        return this.#snapshot();
      case "export": {
        const files = await this.#requireNetwork().export(request.withoutCenterLoss);
        const whole = { ...files, epoch: this.#epoch };
        this.#post({ kind: "exported", purpose: request.purpose, files: whole });
        return;
      }
      default:
        request satisfies never;
    }
  }

  /** Learns from one batch, and reports when it is time to. */
  async trainBatch(): Promise<void> {
    const network = this.#requireNetwork();
    const begun = performance.now();
    const figures = await network.trainBatch();
    const now = performance.now();
    this.#step++;
    this.#epoch += 1 / network.batchesPerEpoch;
    this.#unreported.push({ step: this.#step, ...figures });
    this.#speed.push({ digits: this.#settings.batchSize, time: now - begun });
    if (!Number.isFinite(figures.loss) || !Number.isFinite(figures.centerLoss)) {
      this.#report();
      throw new Error(
        `After ${this.#step} batches the loss is no number any more: the steps were too large. Choose a smaller learning rate or λ and start anew.`,
      );
    }
    if (now - this.#reportedAt > REPORT_EVERY) this.#report();
    if (this.#running && now - this.#snapshotAt > Math.max(SNAPSHOT_EVERY, SNAPSHOT_SHARE * this.#snapshotCost)) {
      await this.#snapshot();
    }
  }

  async #start(settings: TrainingSettings): Promise<void> {
    this.#digits ??= await this.#draw();
    this.#network?.dispose();
    this.#network = undefined;
    await this.#useBackend(settings);
    this.#network = new TrainingNetwork(settings, this.#digits);
    this.#settings = settings;
    this.#plane = new PicturePlane();
    this.#step = 0;
    this.#epoch = 0;
    this.#unreported = [];
    this.#ready();
    await this.#snapshot();
  }

  async #change(settings: TrainingSettings): Promise<void> {
    const before = this.#settings;
    switch (settingsChange(before, settings)) {
      case "none":
        // Changed and changed back before it was looked at.
        this.#requireNetwork();
        this.#ready();
        return;
      case "rate":
        this.#requireNetwork().setLearningRate(settings.learningRate);
        this.#settings = settings;
        this.#ready();
        return;
      case "weights":
        return this.#start(settings);
      case "graph":
      case "backend": {
        const learned = await this.#requireNetwork().learned();
        this.#network?.dispose();
        this.#network = undefined;
        try {
          await this.#useBackend(settings);
          this.#rebuild(settings, learned);
        } catch (error) {
          // The page stays with the backend that works.
          await loadBackend(before.backend);
          this.#rebuild(before, learned);
          throw error;
        }
      }
    }
  }

  #rebuild(settings: TrainingSettings, learned: Learned): void {
    if (this.#digits !== undefined) this.#network = new TrainingNetwork(settings, this.#digits, learned);
    this.#settings = settings;
    this.#speed = [];
    this.#ready();
  }

  #ready(): void {
    const { running } = this;
    this.#post({ kind: "ready", settings: this.#settings, step: this.#step, running, asked: this.#asked });
  }

  async #useBackend({ backend }: TrainingSettings): Promise<void> {
    if (tf.getBackend() === backend) return;
    this.#post({ kind: "busy", what: `Starting ${backend}` });
    await loadBackend(backend);
  }

  async #draw(): Promise<PlaygroundDigits> {
    const digits = await drawPlaygroundDigits(async (share) => {
      this.#post({ kind: "busy", what: `Drawing digits: ${Math.round(100 * share)} %` });
      await letMessagesIn();
    });
    const { images, labels } = digits.shown;
    this.#post({ kind: "digits", images: images.data.slice(), labels: labels.data.slice() });
    return digits;
  }

  #report(): void {
    this.#reportedAt = performance.now();
    let time = 0;
    let digits = 0;
    const first = this.#speed.findLastIndex((batch) => {
      time += batch.time;
      digits += batch.digits;
      return time > SPEED_WINDOW;
    });
    if (first > 0) this.#speed = this.#speed.slice(first);
    this.#post({
      kind: "progress",
      steps: this.#unreported,
      epoch: this.#epoch,
      samplesPerSecond: time > 0 ? (1000 * digits) / time : 0,
      tensors: tf.memory().numTensors,
    });
    this.#unreported = [];
  }

  async #snapshot(): Promise<void> {
    const network = this.#requireNetwork();
    const begun = performance.now();
    const read = await network.readFeatures();
    const table = await network.readCenters();
    const figures = featureFigures(read, table);
    const place = this.#plane.follow(read.features, read.dimensions);
    const points = place(read.features);
    const centers = place(table);
    const predicted = Uint8Array.from(read.predicted ?? []);
    const { accuracy, separation } = figures;
    this.#post({ kind: "snapshot", snapshot: { step: this.#step, points, centers, predicted, accuracy, separation } }, [
      points.buffer,
      centers.buffer,
      predicted.buffer,
    ]);
    this.#snapshotAt = performance.now();
    this.#snapshotCost = this.#snapshotAt - begun;
  }

  #requireNetwork(): TrainingNetwork {
    if (this.#network === undefined) throw new Error("There is no network yet: press “Start anew”.");
    return this.#network;
  }
}
