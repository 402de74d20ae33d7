import { clock } from './clock.ts';
import type { Command } from './command.ts';
import { customers } from './customers.ts';
import { deadLetters } from './dead-letters.ts';
import { exportCustomers } from './export.ts';
import { health } from './health.ts';
import { importFile } from './import.ts';
import { lint } from './lint.ts';
import { replay } from './replay.ts';
import { rules } from './rules.ts';
import { start } from './start.ts';
import { thresholds } from './thresholds.ts';

/** Every command; a new one is a file and a line here. */
export const COMMANDS: readonly Command[] = [
  start,
  clock,
  health,
  deadLetters,
  replay,
  importFile,
  exportCustomers,
  customers,
  thresholds,
  rules,
  lint,
];
