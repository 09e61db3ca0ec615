import { niceTicks, POINT_OPACITY } from "@mxgraft/plot";
import { place } from "../charts/linear-scale.ts";
import { follow, frameAround, sameFrame, type ViewFrame } from "../charts/view-frame.ts";
import type { FeatureSnapshot } from "../protocol/training-messages.ts";
import { type FigureColors, figureColors, onColorsChange } from "./figure-colors.ts";
import { SharpCanvas } from "./sharp-canvas.ts";

/** Points glide from one snapshot to the next, at most so many milliseconds. */
const LONGEST_GLIDE = 900;
/** Places of a center that its trail shows. */
const TRAIL = 14;
const CENTER_RADIUS = 11;
const FONT = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", sans-serif';

const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** A digit under the pointer. */
export interface DigitUnderPointer {
  readonly index: number;
  /** Where it is drawn, in units of the page from the corner of the canvas. */
  readonly x: number;
  readonly y: number;
}

/** The features of digits and the centers of their classes, moving. */
export class FeatureCanvas {
  readonly #canvas: SharpCanvas;
  #colors: FigureColors = figureColors();
  #labels: ArrayLike<number> = [];
  #snapshot: FeatureSnapshot | undefined;
  /** Where points and centers are drawn now, and where the glide began. */
  #points = new Float32Array(0);
  #centers = new Float32Array(0);
  #from: { points: Float32Array; centers: Float32Array } | undefined;
  #trails: Float32Array[] = [];
  #glideBegan = 0;
  #glideLength = 0;
  #snapshotAt = 0;
  #view: ViewFrame | undefined;
  #target: ViewFrame = { x: 0, y: 0, half: 1 };
  #drawnAt = 0;
  #asked = false;

  constructor(element: HTMLCanvasElement) {
    this.#canvas = new SharpCanvas(element, () => this.#draw(performance.now()));
    onColorsChange(() => {
      this.#colors = figureColors();
      this.#ask();
    });
  }

  /** The digits that snapshots are of. */
  setLabels(labels: ArrayLike<number>): void {
    this.#labels = labels;
  }

  show(snapshot: FeatureSnapshot): void {
    const now = performance.now();
    const begins = snapshot.step === 0 || this.#points.length !== snapshot.points.length;
    if (begins) {
      this.#trails = [];
      this.#view = undefined;
    }
    this.#from = begins || stillness.matches ? undefined : { points: this.#points, centers: this.#centers };
    // As long as the last two were apart, so that the glide ends when the next one comes.
    this.#glideLength = Math.min(LONGEST_GLIDE, 1.1 * (now - this.#snapshotAt));
    this.#glideBegan = now;
    this.#snapshotAt = now;
    this.#snapshot = snapshot;
    this.#points = Float32Array.from(snapshot.points);
    this.#centers = Float32Array.from(snapshot.centers);
    this.#trails = [...this.#trails.slice(1 - TRAIL), snapshot.centers];
    this.#target = frameAround(snapshot.points, snapshot.centers);
    this.#ask();
  }

  /** The digit next to a place on the canvas, if one is near. */
  nearest(x: number, y: number): DigitUnderPointer | undefined {
    let best: DigitUnderPointer | undefined;
    let distance = 14;
    for (let index = 0; 2 * index + 1 < this.#points.length; index++) {
      const [px, py] = this.#place(this.#points[2 * index] ?? 0, this.#points[2 * index + 1] ?? 0);
      const far = Math.hypot(px - x, py - y);
      if (far >= distance) continue;
      distance = far;
      best = { index, x: px, y: py };
    }
    return best;
  }

  #ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame((now) => {
      this.#asked = false;
      this.#draw(now);
    });
  }

  #place(x: number, y: number): [number, number] {
    const { width, height } = this.#canvas;
    const view = this.#view ?? this.#target;
    const side = Math.min(width, height) / 2;
    return [width / 2 + ((x - view.x) / view.half) * side, height / 2 - ((y - view.y) / view.half) * side];
  }

  #draw(now: number): void {
    const glides = this.#glide(now);
    const passed = Math.min(100, now - this.#drawnAt);
    this.#drawnAt = now;
    this.#view = this.#view && !stillness.matches ? follow(this.#view, this.#target, passed) : this.#target;
    const context = this.#canvas.begin();
    if (context !== undefined && this.#snapshot !== undefined) {
      this.#drawGrid(context);
      this.#drawTrails(context);
      this.#drawPoints(context, this.#snapshot);
      this.#drawCenters(context);
    }
    if (glides || !sameFrame(this.#view, this.#target)) this.#ask();
  }

  /** Moves points and centers on; whether they have further to go. */
  #glide(now: number): boolean {
    const { points, centers } = this.#snapshot ?? {};
    if (points === undefined || centers === undefined || this.#from === undefined) return false;
    const passed = this.#glideLength > 0 ? Math.min(1, Math.max(0, (now - this.#glideBegan) / this.#glideLength)) : 1;
    const share = passed * (2 - passed);
    this.#points = between(this.#from.points, points, share);
    this.#centers = between(this.#from.centers, centers, share);
    if (passed >= 1) this.#from = undefined;
    return passed < 1;
  }

  #drawGrid(context: CanvasRenderingContext2D): void {
    const { width, height } = this.#canvas;
    const view = this.#view ?? this.#target;
    const side = Math.min(width, height);
    const reachX = (view.half * width) / side;
    const reachY = (view.half * height) / side;
    context.lineWidth = 1;
    context.font = `11px ${FONT}`;
    const horizontal = { domain: [view.x - reachX, view.x + reachX], range: [0, width] } as const;
    const vertical = { domain: [view.y - reachY, view.y + reachY], range: [height, 0] } as const;
    const across = niceTicks(...horizontal.domain, 5);
    const up = niceTicks(...vertical.domain, 5);
    for (const [i, value] of across.values.entries()) {
      const x = Math.round(place(horizontal, value)) + 0.5;
      this.#line(context, value === 0, x, 0, x, height);
      context.textAlign = "left";
      if (x < width - 34) context.fillText(across.labels[i] ?? "", x + 4, height - 6);
    }
    for (const [i, value] of up.values.entries()) {
      const y = Math.round(place(vertical, value)) + 0.5;
      this.#line(context, value === 0, 0, y, width, y);
      if (y > 16 && y < height - 22) context.fillText(up.labels[i] ?? "", 6, y - 4);
    }
  }

  #line(context: CanvasRenderingContext2D, axis: boolean, x: number, y: number, toX: number, toY: number): void {
    context.strokeStyle = axis ? this.#colors.faint : this.#colors.grid;
    context.globalAlpha = axis ? 0.5 : 1;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(toX, toY);
    context.stroke();
    context.globalAlpha = 1;
    context.fillStyle = this.#colors.faint;
  }

  #drawTrails(context: CanvasRenderingContext2D): void {
    context.lineWidth = 1.5;
    context.lineJoin = "round";
    for (let digit = 0; digit < this.#centers.length / 2; digit++) {
      context.strokeStyle = this.#classColor(digit);
      context.globalAlpha = 0.35;
      context.beginPath();
      for (const [i, centers] of [...this.#trails.slice(0, -1), this.#centers].entries()) {
        const [x, y] = this.#place(centers[2 * digit] ?? 0, centers[2 * digit + 1] ?? 0);
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  #drawPoints(context: CanvasRenderingContext2D, { predicted }: FeatureSnapshot): void {
    const radius = Math.max(2.1, Math.min(this.#canvas.width, this.#canvas.height) / 210);
    context.lineWidth = 1.4;
    context.globalAlpha = POINT_OPACITY;
    for (let index = 0; 2 * index + 1 < this.#points.length; index++) {
      const [x, y] = this.#place(this.#points[2 * index] ?? 0, this.#points[2 * index + 1] ?? 0);
      const label = this.#labels[index] ?? 0;
      context.beginPath();
      if (predicted[index] === label) {
        context.fillStyle = this.#classColor(label);
        context.arc(x, y, radius, 0, 2 * Math.PI);
        context.fill();
      } else {
        // A cross: taken for another digit.
        context.strokeStyle = this.#classColor(label);
        const arm = radius * 1.05;
        context.moveTo(x - arm, y - arm);
        context.lineTo(x + arm, y + arm);
        context.moveTo(x + arm, y - arm);
        context.lineTo(x - arm, y + arm);
        context.stroke();
      }
    }
    context.globalAlpha = 1;
  }

  #drawCenters(context: CanvasRenderingContext2D): void {
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.font = `700 12px ${FONT}`;
    for (let digit = 0; digit < this.#centers.length / 2; digit++) {
      const [x, y] = this.#place(this.#centers[2 * digit] ?? 0, this.#centers[2 * digit + 1] ?? 0);
      context.beginPath();
      context.arc(x, y, CENTER_RADIUS, 0, 2 * Math.PI);
      context.fillStyle = this.#colors.paper;
      context.fill();
      context.lineWidth = 2.5;
      context.strokeStyle = this.#classColor(digit);
      context.stroke();
      context.fillStyle = this.#colors.ink;
      context.fillText(String(digit), x, y + 0.5);
    }
    context.textBaseline = "alphabetic";
  }

  #classColor(digit: number): string {
    return this.#colors.classes[digit % 10] ?? this.#colors.ink;
  }
}

function between(from: Float32Array, to: Float32Array, share: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(to, (end, i) => {
    const start = from[i] ?? end;
    return start + (end - start) * share;
  });
}
