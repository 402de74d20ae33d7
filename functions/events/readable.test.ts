import type { SQSRecord } from 'aws-lambda';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { readable } from './readable.ts';

const record = (messageId: string, body: unknown): SQSRecord =>
  ({ messageId, body: typeof body === 'string' ? body : JSON.stringify(body) }) as SQSRecord;

it('what a queue holds and nobody can read is left out, and the rest of its batch goes on', () => {
  const schema = z.object({ customer: z.string().min(1) });
  const records = [
    record('a', { detail: { customer: 'li' } }),
    record('b', 'no JSON'),
    record('c', { detail: { customer: '' } }),
    record('d', {}),
    record('e', { detail: { customer: 'wu', more: 1 } }),
  ];
  expect(readable(records, schema)).toEqual([
    { id: 'a', detail: { customer: 'li' } },
    { id: 'e', detail: { customer: 'wu' } },
  ]);
});
