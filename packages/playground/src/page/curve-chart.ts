import { niceTicks } from "@mxgraft/plot";
import { type Curve, smoothed } from "../charts/curve.ts";
import { place } from "../charts/linear-scale.ts";
import { type FigureColors, figureColors, onColorsChange } from "./figure-colors.ts";
import { SharpCanvas } from "./sharp-canvas.ts";

const LEFT = 38;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 22;
/** Points behind each point of a smoothed line. */
const SMOOTH = 8;
const FONT = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", sans-serif';

/** One line of a chart. */
export interface ChartLine {
  readonly curve: Curve;
  readonly role: "line" | "second";
  /** Noisy values: drawn faintly, with a smoothed line above them. */
  readonly noisy: boolean;
}

/** A small chart of one or two lines over batches. */
export class CurveChart {
  readonly #canvas: SharpCanvas;
  readonly #domain: (lines: readonly ChartLine[]) => [number, number];
  #lines: readonly ChartLine[] = [];
  #colors: FigureColors = figureColors();

  /** @param domain  the range of the vertical axis for these lines. */
  constructor(element: HTMLCanvasElement, domain: (lines: readonly ChartLine[]) => [number, number]) {
    this.#domain = domain;
    this.#canvas = new SharpCanvas(element, () => this.#draw());
    onColorsChange(() => {
      this.#colors = figureColors();
      this.#draw();
    });
  }

  show(lines: readonly ChartLine[]): void {
    this.#lines = lines;
    this.#draw();
  }

  #draw(): void {
    const context = this.#canvas.begin();
    if (context === undefined) return;
    const { width, height } = this.#canvas;
    const last = Math.max(20, ...this.#lines.map(({ curve }) => curve.x.at(-1) ?? 0));
    const across = { domain: [0, last], range: [LEFT, width - RIGHT] } as const;
    const up = { domain: this.#domain(this.#lines), range: [height - BOTTOM, TOP] } as const;
    this.#drawAxes(context, across, up);
    context.save();
    context.beginPath();
    context.rect(LEFT, TOP - 4, width - LEFT - RIGHT + 4, height - TOP - BOTTOM + 5);
    context.clip();
    context.lineJoin = "round";
    for (const { curve, role, noisy } of this.#lines) {
      context.strokeStyle = role === "line" ? this.#colors.line : this.#colors.second;
      const path = (values: readonly number[]) => {
        context.beginPath();
        let drawing = false;
        for (const [i, x] of curve.x.entries()) {
          const y = values[i] ?? Number.NaN;
          if (!Number.isFinite(y)) drawing = false;
          else if (drawing) context.lineTo(place(across, x), place(up, y));
          else {
            context.moveTo(place(across, x), place(up, y));
            drawing = true;
          }
        }
        context.stroke();
      };
      if (noisy) {
        context.lineWidth = 1;
        context.globalAlpha = 0.25;
        path(curve.y);
        context.globalAlpha = 1;
      }
      context.lineWidth = 2;
      // Two lines differ by more than their colours.
      context.setLineDash(role === "second" ? [6, 3] : []);
      path(noisy ? smoothed(curve.y, SMOOTH) : curve.y);
      context.setLineDash([]);
    }
    context.restore();
  }

  #drawAxes(
    context: CanvasRenderingContext2D,
    across: { readonly domain: readonly [number, number]; readonly range: readonly [number, number] },
    up: { readonly domain: readonly [number, number]; readonly range: readonly [number, number] },
  ): void {
    const { width, height } = this.#canvas;
    context.font = `11px ${FONT}`;
    context.lineWidth = 1;
    context.fillStyle = this.#colors.faint;
    const rows = niceTicks(...up.domain, Math.max(2, Math.round(height / 44)));
    for (const [i, value] of rows.values.entries()) {
      const y = Math.round(place(up, value)) + 0.5;
      context.strokeStyle = this.#colors.grid;
      context.beginPath();
      context.moveTo(LEFT, y);
      context.lineTo(width - RIGHT, y);
      context.stroke();
      context.textAlign = "right";
      context.fillText(rows.labels[i] ?? "", LEFT - 6, y + 4);
    }
    const columns = niceTicks(...across.domain, Math.max(2, Math.round(width / 90)), true);
    context.textAlign = "center";
    for (const [i, value] of columns.values.entries()) {
      const x = place(across, value);
      if (x < width - 16) context.fillText(columns.labels[i] ?? "", x, height - 6);
    }
  }
}
