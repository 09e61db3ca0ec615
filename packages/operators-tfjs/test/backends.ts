import { type BackendName, backendStatus } from "@mxgraft/tfjs";

/** Backends to test on; one that this machine lacks is named in the output and skipped. */
export const backends: BackendName[] = [];
for (const name of ["cpu", "wasm", "tensorflow"] as const) {
  const status = (await backendStatus({ names: [name] }))[0];
  if (status?.available) backends.push(name);
  else console.log(`skipped: backend "${name}": ${status?.reason ?? "unknown"}`);
}
