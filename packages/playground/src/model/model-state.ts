import type { BackendChoice, PageBackend } from "../protocol/backend-choice.ts";
import type { BackendRun, ModelReport, ModelView } from "../protocol/model-messages.ts";

/** Where the input of a run comes from. */
export type InputSource = "draw" | "image" | "random";

/** Everything that the view of a model shows. */
export interface ModelState {
  readonly backends: readonly BackendChoice[];
  readonly busy?: string;
  readonly error?: string;
  readonly view?: ModelView;
  readonly source: InputSource;
  /** Whether backends run now. */
  readonly running: boolean;
  readonly runs: readonly BackendRun[];
  readonly refusals: readonly { readonly backend: PageBackend; readonly message: string }[];
}

export const INITIAL_MODEL: ModelState = { backends: [], source: "draw", running: false, runs: [], refusals: [] };

/** What the person does, and what the worker reports. */
export type ModelEvent =
  | ModelReport
  /** Other files are read. */
  | { readonly kind: "opening" }
  /** Backends begin to run. */
  | { readonly kind: "runs" }
  /** The worker was ended. */
  | { readonly kind: "stopped" }
  | { readonly kind: "source"; readonly source: InputSource }
  /** What the person did cannot be; whatever runs goes on. */
  | { readonly kind: "wrong"; readonly message: string };

/** The state after an event. */
export function reduceModel(state: ModelState, event: ModelEvent): ModelState {
  switch (event.kind) {
    case "backends":
      return { ...state, backends: event.choices };
    case "busy":
      return { ...state, busy: event.what };
    case "opening": {
      const { error: _error, view: _view, ...rest } = state;
      return { ...rest, runs: [], refusals: [], running: false };
    }
    case "opened": {
      const { busy: _busy, error: _error, ...rest } = state;
      return { ...rest, view: event.view, runs: [], refusals: [] };
    }
    case "runs": {
      const { error: _error, ...rest } = state;
      return { ...rest, running: true, runs: [], refusals: [] };
    }
    case "ran":
      return { ...state, runs: [...state.runs, event.run] };
    case "refused":
      return { ...state, refusals: [...state.refusals, { backend: event.backend, message: event.message }] };
    case "finished":
    case "stopped": {
      const { busy: _busy, ...rest } = state;
      return { ...rest, running: false };
    }
    case "source":
      return { ...state, source: event.source };
    case "wrong":
      return { ...state, error: event.message };
    case "failed": {
      const { busy: _busy, ...rest } = state;
      return { ...rest, running: false, error: event.message };
    }
    default:
      return event satisfies never;
  }
}
