import { markCommand, markOf } from "./class-marks.ts";
import type { PlaneSet, PlaneSnapshot } from "./drawing-plane.ts";
import { BADGE_RADIUS, PANEL, panelTicks, pointsByClass, toPanel } from "./feature-panel.ts";
import { spreadBadges } from "./spread-badges.ts";
import { type ViewWindow, windowAround } from "./view-window.ts";

/** A tick: place in the panel, label. */
type PageTick = readonly [at: number, label: string];

/** A badge: the center, then the badge itself. */
type PageBadge = readonly [anchorX: number, anchorY: number, x: number, y: number];

/** How one snapshot is shown on one scale: `panel = a * point + (bx, by)`. */
interface PageView {
  readonly a: number;
  readonly bx: number;
  readonly by: number;
  readonly x: readonly PageTick[];
  readonly y: readonly PageTick[];
  readonly badges: readonly (PageBadge | null)[];
}

/** Points of one panel, sorted by class: `counts[k]` of class k. */
export interface PagePoints {
  readonly counts: readonly number[];
  /** Base64 of x, y as unsigned 16-bit little-endian numbers: 0..65535 across the snapshot's own window. */
  readonly points: string;
}

export interface PageSnapshot {
  readonly epoch: number;
  readonly summary: string;
  /** The plane the points lie in: middle and half side. */
  readonly window: ViewWindow;
  readonly panels: readonly PagePoints[];
  /** On a scale of its own, and on the scale that all snapshots share. */
  readonly own: PageView;
  readonly shared: PageView;
  /** How far the marker of each chart has moved. */
  readonly moved: readonly number[];
}

/** What the page's script reads. */
export interface PageData {
  readonly panel: number;
  readonly badgeRadius: number;
  /** Path commands that draw a point of each class. */
  readonly marks: readonly string[];
  readonly snapshots: readonly PageSnapshot[];
}

const LEVELS = 65535;

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function base64(bytes: Uint8Array): string {
  let text = "";
  // In pieces: spreading all bytes at once would overflow the stack.
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

function packPoints(set: PlaneSet, window: ViewWindow, classes: number): PagePoints {
  const groups = pointsByClass(set, window, classes);
  const flat = groups.flat();
  const bytes = new DataView(new ArrayBuffer(flat.length * 2));
  for (const [i, value] of flat.entries()) {
    bytes.setUint16(2 * i, Math.min(LEVELS, Math.max(0, Math.round((value / PANEL) * LEVELS))), true);
  }
  return { counts: groups.map((group) => group.length / 2), points: base64(new Uint8Array(bytes.buffer)) };
}

function viewOf(centers: Float32Array | undefined, own: ViewWindow, shown: ViewWindow): PageView {
  const { x, y } = panelTicks(shown);
  const a = own.half / shown.half;
  const scale = PANEL / (2 * shown.half);
  const ticks = (values: readonly number[], labels: readonly string[], axis: 0 | 1): PageTick[] =>
    values.map((value, i) => [tenth(toPanel([value, value], shown)[axis] ?? 0), labels[i] ?? ""]);
  return {
    a,
    bx: (own.x - own.half - (shown.x - shown.half)) * scale,
    by: (shown.y + shown.half - (own.y + own.half)) * scale,
    x: ticks(x.values, x.labels, 0),
    y: ticks(y.values, y.labels, 1),
    badges: spreadBadges(centers === undefined ? [] : toPanel(centers, shown), PANEL, BADGE_RADIUS).map((badge) =>
      badge === null ? null : [tenth(badge.anchorX), tenth(badge.anchorY), tenth(badge.x), tenth(badge.y)],
    ),
  };
}

/** Everything the script needs, computed here: it only unpacks points and moves what the page has. */
export function pageData(
  snapshots: readonly PlaneSnapshot[],
  classes: number,
  shapes: boolean,
  summaries: readonly string[],
  moved: readonly (readonly number[])[],
): PageData {
  const setsOf = ({ train, test, centers }: PlaneSnapshot) => [train.points, test?.points, centers];
  const all = windowAround(snapshots.flatMap(setsOf));
  return {
    panel: PANEL,
    badgeRadius: BADGE_RADIUS,
    marks: Array.from({ length: classes }, (_, index) => markCommand(markOf(index, shapes))),
    snapshots: snapshots.map((snapshot, i) => {
      const window = windowAround(setsOf(snapshot));
      const sets = snapshot.test === undefined ? [snapshot.train] : [snapshot.train, snapshot.test];
      return {
        epoch: snapshot.epoch,
        summary: summaries[i] ?? "",
        window,
        panels: sets.map((set) => packPoints(set, window, classes)),
        own: viewOf(snapshot.centers, window, window),
        shared: viewOf(snapshot.centers, window, all),
        moved: moved[i] ?? [],
      };
    }),
  };
}
