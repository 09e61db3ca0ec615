import { keepOffline } from "./page/keep-offline.ts";
import { ModelView } from "./page/model-view.ts";
import { TrainingView } from "./page/training-view.ts";
import { Views } from "./page/views.ts";

const model = new ModelView(() => training.export("model-view"));
const training = new TrainingView((files) => {
  model.openTrained(files);
  views.go("model");
});
const views = new Views((name) => {
  if (name === "train") training.start();
  else model.start();
});
views.begin();
keepOffline();
