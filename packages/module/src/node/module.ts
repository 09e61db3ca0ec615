import { UsageError } from "@mxgraft/base";
import {
  loadCheckpoint as loadParams,
  readFile,
  saveCheckpoint as saveParams,
  writeFileAtomically,
} from "@mxgraft/files/node";
import { Module as BrowserModule } from "../module/module.ts";
import type { ModuleOptions } from "../module/module-options.ts";
import { parseTrainingState, type TrainingState } from "../module/training-state.ts";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import { checkpointPaths, latestCheckpoint } from "./checkpoint-paths.ts";

export interface SaveCheckpointOptions {
  /** Whether `prefix-0001.states` is written too: the slots of the optimizer. Default false. */
  readonly saveOptimizerStates?: boolean;
  /** Written to `prefix-0001.training.json`, so that a run can go on with the same numbers. */
  readonly trainingState?: TrainingState;
}

export interface LoadOptions extends ModuleOptions {
  /** Whether `prefix-0001.states` is read for the optimizer that is made later; default false. */
  readonly loadOptimizerStates?: boolean;
}

/** A module that reads and writes its checkpoints. */
export class Module extends BrowserModule {
  /**
   * Writes a checkpoint, each file atomically, the training state last.
   *
   * @param epoch  how many epochs are done.
   * @throws FileError  a file cannot be written; what was there before is unchanged.
   */
  async saveCheckpoint(prefix: string, epoch: number, options: SaveCheckpointOptions = {}): Promise<void> {
    const { saveOptimizerStates = false, trainingState } = options;
    const paths = checkpointPaths(prefix, epoch);
    const params = await this.getParams();
    const states = saveOptimizerStates ? await this.getOptimizerStates() : undefined;
    saveCheckpoint(prefix, epoch, { symbol: this.symbol, ...params });
    this.logger(`Saved checkpoint to "${paths.params}"`);
    if (states !== undefined) {
      writeFileAtomically(paths.states, states);
      this.logger(`Saved optimizer state to "${paths.states}"`);
    }
    if (trainingState !== undefined) {
      writeFileAtomically(paths.training, new TextEncoder().encode(`${JSON.stringify(trainingState, null, 1)}\n`));
    }
  }

  /**
   * A module from a checkpoint, with its parameters.
   *
   * @throws FileError    a file is not there or cannot be read.
   * @throws FormatError  a file is damaged.
   */
  static load(prefix: string, epoch: number, options: LoadOptions = {}): Module {
    const { loadOptimizerStates = false, ...rest } = options;
    const { symbol, argParams, auxParams } = loadCheckpoint(prefix, epoch);
    const module = new Module(symbol, rest);
    module.setParams(argParams, auxParams);
    if (loadOptimizerStates) module.loadOptimizerStates(checkpointPaths(prefix, epoch).states);
    return module;
  }

  /**
   * A module from a checkpoint written with optimizer and training state, and what `fit` takes as `resume`:
   *
   *   const { module, resume } = Module.resume("lenet");
   *   await module.fit(train, { numEpoch: 20, resume });
   *
   * Give `fit` the data and the options of the first run.
   *
   * @param epoch  by default the newest that is complete.
   * @throws UsageError  there is no such checkpoint.
   */
  static resume(
    prefix: string,
    epoch: number | undefined = latestCheckpoint(prefix),
    options: ModuleOptions = {},
  ): { module: Module; resume: TrainingState } {
    if (epoch === undefined) {
      throw new UsageError(
        `There is no checkpoint "${prefix}-NNNN.training.json" to resume from. Write one with moduleCheckpoint(module, prefix, { saveTrainingState: true }).`,
        { file: prefix },
      );
    }
    const { training } = checkpointPaths(prefix, epoch);
    const resume = parseTrainingState(new TextDecoder().decode(readFile(training)), { file: training });
    return { module: Module.load(prefix, epoch, { ...options, loadOptimizerStates: true }), resume };
  }

  /** Writes parameters and auxiliary states to a `.params` file, atomically. */
  async saveParams(file: string): Promise<void> {
    saveParams(file, await this.getParams());
  }

  /** Puts in what a `.params` file holds. */
  loadParams(file: string): void {
    const { argParams, auxParams } = loadParams(file);
    this.setParams(argParams, auxParams);
  }

  /** Writes the slots of the optimizer to a `.states` file, atomically. */
  async saveOptimizerStates(file: string): Promise<void> {
    writeFileAtomically(file, await this.getOptimizerStates());
  }

  /** Goes on from the slots in a `.states` file; before `initOptimizer` they are kept for it. */
  loadOptimizerStates(file: string): void {
    this.setOptimizerStates(readFile(file), { file });
  }
}
