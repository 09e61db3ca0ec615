/**
 * The one worker program of the page. The page starts one worker for the training and one for models, so that neither
 * waits for the other; the name of the worker says which it is.
 */
if (self.name === "training") {
  const { startTraining } = await import("./training/start-training.ts");
  startTraining();
} else {
  const { startModels } = await import("./model/start-models.ts");
  startModels();
}

export {};
