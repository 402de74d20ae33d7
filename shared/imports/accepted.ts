import { parseEvent } from '../events/index.ts';
import type { ImportContext, ImportKind, Outcome, RowReader } from './import-kind.ts';
import { refusedRow } from './problems.ts';

/**
 * The reader of a kind of file, whose every message is one that the contract of events takes: what it would refuse is
 * told here, at its line, and not to the marketer's surprise among the events that were rejected.
 */
export function readerOf(kind: ImportKind, context: ImportContext): RowReader {
  const reader = kind.read(context);
  return { take: (row) => reader.take(row).map(accepted), finish: () => reader.finish().map(accepted) };
}

function accepted(outcome: Outcome): Outcome {
  if (!('messages' in outcome)) return outcome;
  const [line = 0] = outcome.lines;
  for (const { message } of outcome.messages) {
    const parsed = parseEvent(message, { time: message.timestamp }, message.timestamp);
    const [problem] = parsed.ok ? [] : parsed.diagnostics;
    if (problem !== undefined) return { lines: outcome.lines, problems: [refusedRow(line, problem)] };
  }
  return outcome;
}
