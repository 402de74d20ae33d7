import { z } from 'zod';
import { putEvents } from '../ports/bus/index.ts';

const envelope = z.object({ detail: z.object({ id: z.string() }) });

/** Tells whoever works backfills that this one is to be gone on with. Told twice, the second finds nothing to do. */
export const goOn = (id: string): Promise<void> =>
  putEvents([{ source: 'pergola', detailType: 'backfill.continue', detail: { id } }]);

/** Of which backfill a message of the queue speaks. */
export const idIn = (body: string): string => envelope.parse(JSON.parse(body)).detail.id;
