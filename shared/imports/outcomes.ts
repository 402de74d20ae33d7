import { IMPORTED } from '../events/index.ts';
import { readerOf } from './accepted.ts';
import type { ImportPlan } from './chunks.ts';
import type { ImportMessage, Outcome } from './import-kind.ts';
import { rowOf } from './mapping.ts';
import { SeenTexts } from './seen-texts.ts';

/** What becomes of rows that need no others to be understood, such as those of a chunk. */
export function outcomesOf(
  { kind, headings, mapping, context }: ImportPlan,
  rows: readonly { readonly line: number; readonly cells: readonly string[] }[],
): readonly Outcome[] {
  const seen = new SeenTexts();
  const reader = readerOf(kind, { ...context, seenBefore: (text) => seen.add(text) });
  const outcomes = rows.flatMap(({ line, cells }) => reader.take(rowOf(line, cells, headings, mapping)));
  return [...outcomes, ...reader.finish()];
}

export const messagesOf = (outcomes: readonly Outcome[]): readonly ImportMessage[] =>
  outcomes.flatMap((outcome) => ('messages' in outcome ? outcome.messages : []));

/** As it goes onto the bus. */
export const busEventOf = ({ message, tags }: ImportMessage) => ({
  source: IMPORTED.source,
  detailType: message.type,
  detail: { message, ...(tags === undefined ? {} : { tags }) },
});
