import type { SQSRecord } from 'aws-lambda';
import { z } from 'zod';
import { logger } from '../pipeline.ts';

/**
 * The details of the bus events in a queue, of those that are what this reader is for. The rule of the bus lets little
 * else through; what does come would be no other the next time, so it is left out with a line in the log, and the rest
 * of its batch goes on. (What apps and vendors send is kept with its reason by events/ingest, who gets it, too.)
 */
export function readable<T>(records: readonly SQSRecord[], schema: z.ZodType<T>): { id: string; detail: T }[] {
  const envelope = z.object({ detail: schema });
  return records.flatMap(({ messageId, body }) => {
    const parsed = envelope.safeParse(json(body));
    if (parsed.success) return [{ id: messageId, detail: parsed.data.detail }];
    logger.warn('event-unreadable', { messageId, fields: parsed.error.issues.map(({ path }) => path.join('.')) });
    return [];
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
