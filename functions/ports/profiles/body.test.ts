import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, textIn, textInImage } from './index.ts';

describe('the body of a row', () => {
  it('comes out as it went in, from the table and from the stream, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        const valid = text.toWellFormed();
        const body = bodyOf(valid);
        const image = typeof body === 'string' ? { S: body } : { B: Buffer.from(body).toString('base64') };
        expect(textIn(body)).toBe(valid);
        expect(textInImage(image)).toBe(valid);
      }),
    );
  });

  it('can be read by people where it is short, and takes a third of the room where it is long', () => {
    expect(bodyOf('{"id":"m1"}')).toBe('{"id":"m1"}');
    const lines = Array.from({ length: 20 }, (_, n) => ({ product: `P-${n}`, price: 10 * n, name: `花瓶 ${n}` }));
    const text = JSON.stringify(lines);
    expect((bodyOf(text) as Uint8Array).length).toBeLessThan(Buffer.byteLength(text) / 3);
  });
});
