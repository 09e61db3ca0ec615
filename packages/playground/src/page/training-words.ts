import { lastOf } from "../charts/curve.ts";
import type { TrainingState } from "../training/training-state.ts";
import { count, percent, short } from "./number-text.ts";

/** Batches over which noisy figures are averaged for people. */
const RECENT = 10;
/** Accuracies that are worth a word while it trains. */
const MILESTONES = [0.5, 0.75, 0.9, 0.95, 0.99] as const;

/** What the pictures of a training show, for those who do not see them. */
export interface PictureWords {
  readonly features: string;
  readonly accuracy: string;
  readonly loss: string;
}

/** The pictures as they are now, in words. */
export function pictureWords(state: TrainingState): PictureWords {
  const { snapshot, curves, step } = state;
  const plane = "Features of 400 digits and the centers of their classes";
  if (snapshot === undefined || step === 0) {
    return {
      features: `${plane}. Training has not begun.`,
      accuracy: "Accuracy over batches, empty",
      loss: "Loss over batches, empty",
    };
  }
  const test = percent(snapshot.accuracy);
  return {
    features: `${plane}. ${standing(state)}`,
    accuracy: `Accuracy over batches, now ${test} on other digits and ${percent(lastOf(curves.trainAccuracy, RECENT))} in training`,
    loss: `Loss over batches, now ${short(lastOf(curves.loss, RECENT))} softmax and ${short(lastOf(curves.centerLoss, RECENT))} center loss`,
  };
}

/** What a screen reader says when the state changes; undefined when there is no news. */
export function trainingNews(state: TrainingState, before: TrainingState | undefined): string | undefined {
  const { phase, snapshot, step, curves } = state;
  if (phase === "running" && before?.phase !== "running") return `Training on ${state.settings.backend}.`;
  if (snapshot === undefined || snapshot === before?.snapshot) return undefined;
  if (phase === "paused") return step > 0 ? standing(state) : "The network is new and has learned nothing yet.";
  if (phase !== "running") return undefined;
  const best = Math.max(0, ...curves.testAccuracy.y.slice(0, -1));
  const reached = MILESTONES.findLast((accuracy) => snapshot.accuracy >= accuracy && best < accuracy);
  return reached === undefined ? undefined : standing(state);
}

function standing({ snapshot, step }: TrainingState): string {
  const { accuracy = Number.NaN, separation = Number.NaN } = snapshot ?? {};
  const apart = Number.isFinite(separation) ? ` The classes' separation is ${short(separation)}.` : "";
  return `After ${count(step)} batches ${percent(accuracy)} of the other digits are right.${apart}`;
}
