// Run by node.test.ts as a process of its own, where writing must fail: prints the error.
import { MxgraftError } from "@mxgraft/base";
import { writeFileAtomically } from "@mxgraft/files/node";

try {
  writeFileAtomically(process.argv[2] ?? "", new Uint8Array(1_000_000));
} catch (error) {
  if (!(error instanceof MxgraftError)) throw error;
  process.stdout.write(JSON.stringify({ name: error.name, file: error.facts.file, message: error.message }));
}
