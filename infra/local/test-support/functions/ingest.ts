import { note } from './journal.ts';
import { count, put } from './tables.ts';

interface Batch {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** Writes a row a message. `detail.trouble` says how to fail: "always", or a number of times. */
export async function handler(event: Batch, context: unknown) {
  note('ingest', event, context);
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of event.Records) {
    const { detail } = JSON.parse(record.body) as {
      detail: { id: string; trouble?: 'always' | 'throw' | number; dueAt?: string };
    };
    if (detail.trouble === 'throw') throw new RangeError(`no good: ${detail.id}`);
    if (detail.trouble !== undefined) {
      const times = await count('metrics', 'tries', detail.id);
      if (detail.trouble === 'always' || times <= detail.trouble) {
        batchItemFailures.push({ itemIdentifier: record.messageId });
        continue;
      }
    }
    await put('profiles', `customer-${detail.id}`, 'state', detail.dueAt ? { duePk: 'due', dueAt: detail.dueAt } : {});
  }
  return { batchItemFailures };
}
