import { removeTensorflow, setUpTensorflow, streamProgress } from "@mxgraft/tfjs/setup";
import { WrongUsage } from "../wrong-usage.ts";
import type { SetupTensorflowOptions } from "./setup.ts";

/** What `mxgraft setup tensorflow` does. */
export async function runSetup({ gpu = false, remove = false, json = false }: SetupTensorflowOptions): Promise<void> {
  if (gpu && remove) throw new WrongUsage("--gpu and --remove exclude each other: --remove takes away every flavour.");
  const progress = streamProgress(process.stderr);
  if (remove) {
    const removed = await removeTensorflow({ progress });
    if (json) console.log(JSON.stringify({ command: "setup tensorflow", removed }, null, 2));
    else console.log(removed.length === 0 ? "There was nothing to remove." : `Removed:\n  ${removed.join("\n  ")}`);
    return;
  }
  const result = await setUpTensorflow({ gpu, progress });
  if (json) {
    console.log(JSON.stringify({ command: "setup tensorflow", ...result }, null, 2));
    return;
  }
  console.log(
    `${result.changed ? "Done" : "All is there already"}: TensorFlow ${result.version} on the ${result.device}, a 512 x 512 matrix product takes ${result.milliseconds.toFixed(1)} ms. Files: ${result.folder}`,
  );
  if (gpu && result.device === "CPU") {
    console.log("No GPU answered, so TensorFlow computes on the processor; nvidia-smi shows whether the driver works.");
  }
}
