import type { Language } from '../../shared/words.ts';
import type { FunctionSpec } from '../topology.ts';

export interface StackOptions {
  /** The data folder. */
  readonly data: string;
  /** Port of the endpoint for SDK and CLI; 0 = any free one. */
  readonly port: number;
  /** Port of the Console; 0 = any free one. */
  readonly consolePort: number;
  /** Empties the data folder first. */
  readonly fresh?: boolean;
  /** Says nothing but warnings. */
  readonly quiet?: boolean;
  /** Where lines for people go; console.log by default. */
  readonly log?: (line: string) => void;
  /** The functions to host; those of the topology by default. */
  readonly functions?: Readonly<Record<string, FunctionSpec>>;
  /** The folder that entry files are relative to; the repository by default. */
  readonly root?: string;
  /** Builds the Console when it has to be; true by default. */
  readonly console?: boolean;
  /** Installs the private-domain pack where there is no ruleset; true by default. */
  readonly pack?: boolean;
  /** Of that pack's journeys. */
  readonly language?: Language;
  readonly account?: string;
  readonly region?: string;
}
