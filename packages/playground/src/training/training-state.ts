import { type Curve, EMPTY_CURVE, extendCurve } from "../charts/curve.ts";
import type { BackendChoice } from "../protocol/backend-choice.ts";
import type { FeatureSnapshot, TrainingReport } from "../protocol/training-messages.ts";
import { DEFAULT_SETTINGS, settingsChange, type TrainingSettings } from "../protocol/training-settings.ts";

/** Everything that the view of the training shows. */
export interface TrainingState {
  /** "loading": a network is being made or replaced; "empty": that has failed, there is none. */
  readonly phase: "loading" | "empty" | "paused" | "running";
  /** What takes a while, as words; absent when nothing does. */
  readonly busy?: string;
  /** What went wrong last; absent once something works again. */
  readonly error?: string;
  readonly backends: readonly BackendChoice[];
  /** What the controls show. */
  readonly settings: TrainingSettings;
  /** How often they were set: what the worker says to an earlier one is out of date. */
  readonly asked: number;
  readonly step: number;
  readonly epoch: number;
  readonly samplesPerSecond: number;
  readonly tensors: number;
  readonly snapshot?: FeatureSnapshot;
  readonly curves: TrainingCurves;
}

export interface TrainingCurves {
  readonly loss: Curve;
  readonly centerLoss: Curve;
  readonly trainAccuracy: Curve;
  readonly testAccuracy: Curve;
}

const NO_CURVES: TrainingCurves = {
  loss: EMPTY_CURVE,
  centerLoss: EMPTY_CURVE,
  trainAccuracy: EMPTY_CURVE,
  testAccuracy: EMPTY_CURVE,
};

export const INITIAL_TRAINING: TrainingState = {
  phase: "loading",
  busy: "Starting",
  backends: [],
  settings: DEFAULT_SETTINGS,
  asked: 0,
  step: 0,
  epoch: 0,
  samplesPerSecond: 0,
  tensors: 0,
  curves: NO_CURVES,
};

/** What the person does, and what the worker reports. */
export type TrainingEvent = TrainingReport | { readonly kind: "set"; readonly settings: TrainingSettings };

/** The state after an event. */
export function reduceTraining(state: TrainingState, event: TrainingEvent): TrainingState {
  switch (event.kind) {
    case "backends":
      return { ...state, backends: event.choices };
    case "busy":
      return { ...state, busy: event.what };
    case "set": {
      const waits = ["weights", "backend"].includes(settingsChange(state.settings, event.settings));
      const { error: _, ...rest } = state;
      const { settings } = event;
      return { ...rest, settings, asked: state.asked + 1, phase: waits ? "loading" : state.phase };
    }
    case "ready":
      return ready(state, event);
    case "running":
      return event.running ? { ...without(state), phase: "running" } : { ...state, phase: "paused" };
    case "progress":
      return progress(state, event);
    case "snapshot":
      return snapshot(state, event.snapshot);
    case "failed": {
      const { busy: _, ...rest } = state;
      return { ...rest, phase: ["loading", "empty"].includes(state.phase) ? "empty" : "paused", error: event.message };
    }
    case "digits":
    case "exported":
      return state;
    default:
      return event satisfies never;
  }
}

/** The state without what is over. */
function without(state: TrainingState): TrainingState {
  const { busy: _busy, error: _error, ...rest } = state;
  return rest;
}

function ready(state: TrainingState, event: Extract<TrainingReport, { kind: "ready" }>): TrainingState {
  const { step, running } = event;
  const isLast = event.asked === state.asked;
  const settings = isLast ? event.settings : state.settings;
  const waits = !isLast && state.phase === "loading";
  const phase = waits ? "loading" : running ? "running" : "paused";
  // A failure to change something ends with the network as it was: the message about it stays to be read.
  const { busy: _, ...kept } = state;
  const next: TrainingState = { ...kept, settings, phase };
  if (step > 0) return next;
  const { snapshot: _snapshot, error: _error, ...fresh } = next;
  return { ...fresh, step: 0, epoch: 0, samplesPerSecond: 0, curves: NO_CURVES };
}

function progress(state: TrainingState, event: Extract<TrainingReport, { kind: "progress" }>): TrainingState {
  const { steps, epoch, samplesPerSecond, tensors } = event;
  const at = steps.map(({ step }) => step);
  const { loss, centerLoss, trainAccuracy } = state.curves;
  return {
    ...state,
    step: at.at(-1) ?? state.step,
    epoch,
    samplesPerSecond: samplesPerSecond > 0 ? samplesPerSecond : state.samplesPerSecond,
    tensors,
    curves: {
      ...state.curves,
      loss: extendCurve(
        loss,
        at,
        steps.map((step) => step.loss),
      ),
      centerLoss: extendCurve(
        centerLoss,
        at,
        steps.map((step) => step.centerLoss),
      ),
      trainAccuracy: extendCurve(
        trainAccuracy,
        at,
        steps.map((step) => step.accuracy),
      ),
    },
  };
}

function snapshot(state: TrainingState, shot: FeatureSnapshot): TrainingState {
  const repeated = state.snapshot?.step === shot.step;
  const { testAccuracy } = state.curves;
  return {
    ...state,
    snapshot: shot,
    curves: {
      ...state.curves,
      testAccuracy: repeated ? testAccuracy : extendCurve(testAccuracy, [shot.step], [shot.accuracy]),
    },
  };
}
