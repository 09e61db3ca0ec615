import type { Command } from "commander";
import { withBackendOption } from "../backend-option.ts";

export interface DoctorOptions {
  readonly backend: string;
  readonly json?: boolean;
}

/** `mxgraft doctor`. */
export function addDoctorCommand(program: Command): void {
  const doctor = program
    .command("doctor")
    .summary("say which backends are here, and why not the others")
    .description(
      "Looks at this machine and this installation: Node, the backends, with the reason why one is missing, threads, CUDA. Starts each backend to see that it works. Exit code 1 when something is wrong.",
    )
    .option("--json", "print the result as JSON");
  withBackendOption(doctor)
    .addHelpText(
      "after",
      "\nExamples:\n  mxgraft doctor\n  mxgraft doctor --backend tensorflow\n  mxgraft doctor --json",
    )
    .action(async (options: DoctorOptions) => (await import("./run-doctor.ts")).runDoctor(options));
}
