/** What is told to the bus, by kind of row: one line each. */
import type { BusEvent } from '../../ports/bus/index.ts';
import type { Announcer, Images } from './announcement.ts';
import { changes } from './changes.ts';
import { enrolments } from './enrolments.ts';
import { merges } from './merges.ts';
import { messages } from './messages.ts';
import { tasks } from './tasks.ts';

const ANNOUNCERS: readonly Announcer[] = [changes, enrolments, merges, messages, tasks];

export const announce = ({ row, before }: Images): BusEvent[] =>
  row === undefined ? [] : ANNOUNCERS.flatMap((tell) => tell({ row, before }));
