import { hashText } from '../asl/intrinsics/hash.ts';
import type { Identity } from './identity.ts';
import type { ImportContext, ImportMessage } from './import-kind.ts';

/** A trait or property longer than this is refused: it would be left out in silence later. */
export const MAX_TEXT = 2000;

/** A number as people write it: ¥1,299.00, 1 299, (5.00) for minus, 12元; undefined for what is none. */
export function readNumber(text: string): number | undefined {
  const bare = text.replace(/[\s,，¥￥$€£元]|cny|rmb|usd/gi, '');
  const negative = /^\(.+\)$/.test(bare);
  const digits = negative ? bare.slice(1, -1) : bare;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(digits)) return undefined;
  return (negative ? -1 : 1) * Number(digits);
}

/** Several in one cell: 新客、VIP; VIP,new; one per line. */
export const readList = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，、;；|\n]/)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
];

/** The same content gives the same id, whichever file and line it stands in. */
export const contentId = (kind: string, content: unknown): string =>
  `import:${kind}:${hashText(JSON.stringify(content), 'SHA-256').slice(0, 32)}`;

/** The rest of a message, as every import has it. */
export const frame = (who: Identity, { startJourneys }: ImportContext) => ({
  ...who,
  context: { source: 'import', ...(startJourneys ? {} : { quiet: true }) },
});

/** Whether this very row, or one with the same meaning, has been taken. */
export const isRepeated = ({ message, tags }: ImportMessage, { seenBefore }: ImportContext): boolean =>
  seenBefore(`${message.messageId}${tags?.join() ?? ''}`);
