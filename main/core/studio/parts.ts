import type { ReadScenario } from '../../compiler/scenario';
import type { Program } from '../../../shared/program/program';
import type { ExportParts } from '../export-project';

/** Where the parts of the program are that runs and simulations start, if not beside the core. */
export type RunParts = {
  readonly engineEntry?: string;
  readonly storeWorker?: string;
  readonly simulatorEntry?: string;
  readonly export?: ExportParts;
  readonly loadScenario?: (projectDir: string, program: Program, name: string | undefined) => Promise<ReadScenario>;
};
