import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reader, type Tables, Writer } from './pens.ts';

const uuid = fc.uuid();
/** As Segment's libraries for servers and browsers make them. */
const timed = fc
  .tuple(fc.constantFrom('node-next-', 'ajs-next-', 'a-'), fc.integer({ min: 1e12, max: 9_999_999_999_999 }), uuid)
  .map(([head, ms, id]) => `${head}${ms}-${id}`);
/** Nearly such, which must stay what they are. */
const odd = fc.oneof(
  uuid.map((id) => id.toUpperCase()),
  fc
    .tuple(fc.constantFrom('node-next-0179568004256-', '-1795680042563-', 'node-next-1795680042563'), uuid)
    .map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom('node-next-1795680042563-', 'x-'), fc.string({ minLength: 36, maxLength: 36 }))
    .map((parts) => parts.join('')),
  timed.map((id) => `${id}x`),
  fc.string(),
);

describe('ids in a customer’s record', () => {
  it('are read as they were written, whatever they look like', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(uuid, timed, odd), { maxLength: 40 }), (texts) => {
        const pen = new Writer();
        const numbers = texts.map(pen.text);
        const book = new Reader(JSON.parse(JSON.stringify(pen.tables())) as Tables);
        expect(numbers.map(book.text)).toEqual(texts);
      }),
    );
  });

  it('of Segment’s libraries take hardly more than a UUID', () => {
    const pen = new Writer();
    const plain = new Writer();
    for (let i = 0; i < 30; i++) {
      const id = `845b8bf8-d49a-4940-aa89-b6c93a839d${(16 + i).toString(16)}`;
      pen.text(`node-next-${1_795_680_042_563 + i * 86_400_000}-${id}`);
      plain.text(id);
    }
    const size = (writer: Writer): number => JSON.stringify(writer.tables()).length;
    expect(size(pen) - size(plain)).toBeLessThan(30 * 7 + 30);
  });

  it('written before they were shortened are read as well', () => {
    const id = 'node-next-1795680042563-845b8bf8-d49a-4940-aa89-b6c93a839d4a';
    expect(new Reader({ k: '', s: [id] }).text(-1)).toBe(id);
  });
});
