import type { Drive } from "./drive.ts";

/** One thing that the playground has to do; checks of a file build on each other. */
export interface Check {
  readonly name: string;
  /** @param site  folder of the built page. */
  run(drive: Drive, site: string): Promise<void>;
}
