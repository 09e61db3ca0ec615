import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tfjsNodeBackend } from "./tfjs-node-backend.ts";

/** As `loadSession` of the package, which says the rest: TensorFlow reads models from folders only. */
export function loadSession(model: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), "mxgraft-graph-"));
  try {
    writeFileSync(join(folder, "saved_model.pb"), model);
    return tfjsNodeBackend().binding.loadSavedModel(folder, "serve");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
