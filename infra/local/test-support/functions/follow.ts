import { note } from './journal.ts';
import { count, put } from './tables.ts';

interface Batch {
  readonly Records: readonly {
    readonly dynamodb: { readonly Keys: { readonly pk: { readonly S: string } }; readonly SequenceNumber: string };
  }[];
}

/** Writes a row for each change of a profile. A customer named `…-poison` always fails, `…-shaky` the first time that it is alone. */
export async function handler(event: Batch, context: unknown): Promise<void> {
  note('follow', event, context);
  for (const { dynamodb } of event.Records) {
    const customer = dynamodb.Keys.pk.S;
    if (customer.endsWith('-poison')) throw new Error(`cannot follow ${customer}`);
    if (customer.endsWith('-shaky') && (event.Records.length > 1 || (await count('metrics', 'follow', customer)) < 2))
      throw new Error('not yet');
    await put('messages', customer, dynamodb.SequenceNumber.padStart(12, '0'));
  }
}
