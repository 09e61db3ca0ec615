import type { BackendChoice, PageBackend } from "../protocol/backend-choice.ts";
import type { TrainingSettings } from "../protocol/training-settings.ts";
import { byId, make, setText } from "./element.ts";
import { RadioGroup } from "./radio-group.ts";

/** Learning rates on the slider: about evenly apart by ratio. */
const RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5] as const;
const BATCH_SIZES = [16, 32, 64, 128] as const;
const EMBEDDING_SIZES = [2, 3, 8, 32] as const;

/** The controls of the training: they show settings, and say what the person sets. */
export class TrainingControls {
  readonly #lambda = byId("set-lambda", HTMLInputElement);
  readonly #alpha = byId("set-alpha", HTMLInputElement);
  readonly #rate = byId("set-rate", HTMLInputElement);
  readonly #backends = byId("set-backend", HTMLElement);
  readonly #batch: RadioGroup<number>;
  readonly #embedding: RadioGroup<number>;
  readonly #set: (change: Partial<TrainingSettings>) => void;

  constructor(set: (change: Partial<TrainingSettings>) => void) {
    this.#set = set;
    this.#lambda.addEventListener("input", () => set({ lambda: Number(this.#lambda.value) }));
    this.#alpha.addEventListener("input", () => set({ alpha: Number(this.#alpha.value) }));
    this.#rate.addEventListener("input", () => set({ learningRate: RATES[Number(this.#rate.value)] ?? 0.05 }));
    const options = (values: readonly number[]) => values.map((value) => ({ value, text: String(value) }));
    this.#batch = new RadioGroup(byId("set-batch", HTMLElement), options(BATCH_SIZES), (batchSize) =>
      set({ batchSize }),
    );
    this.#embedding = new RadioGroup(byId("set-embedding", HTMLElement), options(EMBEDDING_SIZES), (embeddingSize) =>
      set({ embeddingSize }),
    );
    byId("train-controls", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
  }

  show({ lambda, alpha, learningRate, batchSize, embeddingSize, backend }: TrainingSettings): void {
    this.#lambda.value = String(lambda);
    this.#alpha.value = String(alpha);
    const index = RATES.map(Number).indexOf(learningRate);
    if (index >= 0) this.#rate.value = String(index);
    this.#rate.setAttribute("aria-valuetext", String(learningRate));
    setText(byId("show-lambda", HTMLOutputElement), String(lambda));
    setText(byId("show-alpha", HTMLOutputElement), String(alpha));
    setText(byId("show-rate", HTMLOutputElement), String(learningRate));
    this.#batch.show(batchSize);
    this.#embedding.show(embeddingSize);
    for (const input of this.#backends.querySelectorAll("input")) input.checked = input.value === backend;
  }

  showBackends(choices: readonly BackendChoice[]): void {
    const choose = (name: PageBackend) => this.#set({ backend: name });
    this.#backends.replaceChildren(
      ...choices.map(({ name, available, detail }) => {
        const input = make("input", { type: "radio", name: "backend", value: name, disabled: !available });
        input.addEventListener("change", () => choose(name));
        return make("label", {}, input, make("b", {}, name), make("span", {}, detail));
      }),
    );
  }
}
