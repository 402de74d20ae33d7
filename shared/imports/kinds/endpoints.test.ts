import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openTable } from '../../tables/index.ts';
import type { Outcome } from '../import-kind.ts';
import { mapColumns, rowOf } from '../mapping.ts';
import { SeenTexts } from '../seen-texts.ts';
import { endpoints } from './endpoints.ts';

/* The fixture is made after the fields and the layout that AWS's documentation of endpoints, exports and imports gives. */
const EXPORT = readFileSync(new URL('./endpoints.fixture.jsonl', import.meta.url));

async function outcomes(bytes: Uint8Array<ArrayBuffer>): Promise<{ told: Outcome[]; broken: number[] }> {
  const csvParser = () => {
    throw new Error('no CSV');
  };
  const table = await openTable({ name: 'export', file: new Blob([bytes]), csvParser }, undefined);
  const seen = new SeenTexts();
  const reader = endpoints.read({
    zone: 'UTC',
    asOf: '2026-10-30T00:00:00.000Z',
    startJourneys: false,
    tagKey: () => undefined,
    seenBefore: (text) => seen.add(text),
  });
  let headings: readonly string[] | undefined;
  const told: Outcome[] = [];
  const broken: number[] = [];
  for await (const record of table.records()) {
    if (!('cells' in record)) broken.push(record.line);
    else if (headings === undefined) headings = record.cells;
    else {
      const { mapping, diagnostics } = mapColumns(endpoints, headings, {});
      expect(diagnostics).toEqual([]);
      told.push(...reader.take(rowOf(record.line, record.cells, headings, mapping)));
    }
  }
  return { told, broken };
}
const messagesIn = (told: readonly Outcome[]) =>
  told.flatMap((one) => ('messages' in one ? one.messages.map(({ message }) => message) : []));

it.each([
  ['as it is', EXPORT],
  ['packed', gzipSync(EXPORT)],
])('an export of Pinpoint, %s: users with their attributes, addresses and opt-outs', async (_, bytes) => {
  const { told } = await outcomes(new Uint8Array(bytes));
  expect(messagesIn(told)).toMatchObject([
    {
      type: 'identify',
      userId: 'example-user-id-1',
      timestamp: '2026-05-03T23:26:09.412Z',
      context: { quiet: true },
      traits: {
        email: 'richard.roe@example.com',
        name: 'Richard Roe',
        FirstName: 'Richard',
        Plan: 'gold',
        Interests: ['Technology', 'Music'],
        Visits: 3,
        city: 'Toronto',
        country: 'CAN',
        timezone: 'America/Toronto',
      },
    },
    { type: 'identify', userId: 'example-user-id-1', traits: { phone: '+12065550182' } },
    {
      type: 'track',
      event: 'Unsubscribed',
      userId: 'example-user-id-1',
      timestamp: '2026-06-01T00:00:00.000Z',
      properties: { channel: 'sms' },
    },
    // A device without a user; its token is of no use here.
    { type: 'identify', anonymousId: 'pinpoint:77aa0b13', traits: { country: 'USA' } },
    // An address that Pinpoint had given up is not written to again.
    { type: 'identify', userId: 'example-user-id-2', traits: { FirstName: 'Mary' } },
  ]);
  const all = JSON.stringify(messagesIn(told));
  for (const left of ['1a2b3c4d5e6f7g8h9i0j', 'bounced@example.com', 'a1b2c3d4', 'Apple'])
    expect(all).not.toContain(left);
});

it('the same endpoint twice is told once; a line that is no JSON, or nobody’s, does not stop the others', async () => {
  const [first = '', second = ''] = EXPORT.toString().split('\n');
  const { told, broken } = await outcomes(
    new Uint8Array(Buffer.from([first, '{"Id":', first, second, second, '{"ChannelType":"EMAIL"}', ''].join('\n'))),
  );
  expect(broken).toEqual([3]);
  expect(told.map((one) => Object.keys(one)[1])).toEqual(['messages', 'repeated', 'messages', 'repeated', 'problems']);
});

it('a file packed by gzip that holds something else is refused with what to do', async () => {
  await expect(outcomes(new Uint8Array(gzipSync('a,b\n1,2\n')))).rejects.toMatchObject({ code: 'file-no-json-lines' });
  await expect(outcomes(new Uint8Array(gzipSync(EXPORT)).slice(0, 200))).rejects.toMatchObject({
    code: 'file-no-json-lines',
  });
});
