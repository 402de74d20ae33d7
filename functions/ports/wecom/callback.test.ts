import { encrypt, getSignature } from '@wecom/crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEYS } from '../../../test/support/fake-wecom.ts';
import { type Sealed, unseal } from './callback-crypto.ts';
import { readXml } from './callback-xml.ts';

const seal = (text: string, keys = KEYS): Sealed => {
  const encrypted = encrypt(keys.encodingAesKey, text, keys.corpId);
  return { encrypted, timestamp: '1', nonce: 'n', signature: getSignature(keys.token, '1', 'n', encrypted) };
};
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'opened';
};

describe('a sealed text', () => {
  it('of any length and script, sealed by WeCom’s own library, is opened', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => unseal(seal(text), KEYS) === text),
    );
  });

  it('is not opened when a single character of what is signed is another', () => {
    const good = seal('<xml/>');
    const last = good.encrypted.at(-5) === 'A' ? 'B' : 'A';
    const other = { ...good, encrypted: `${good.encrypted.slice(0, -5)}${last}${good.encrypted.slice(-4)}` };
    for (const wrong of [other, { ...good, nonce: 'm' }, { ...good, timestamp: '2' }, { ...good, signature: '' }]) {
      expect(codeOf(() => unseal(wrong, KEYS))).toBe('wecom-signature');
    }
  });

  it('for another corp, or under another key, is told apart', () => {
    expect(codeOf(() => unseal(seal('x', { ...KEYS, corpId: 'wwother' }), KEYS))).toBe('wecom-receiver');
    const key = { ...KEYS, encodingAesKey: 'k'.repeat(43) };
    expect(['wecom-payload', 'wecom-receiver']).toContain(codeOf(() => unseal(seal('x', key), KEYS)));
    const signed = { encrypted: 'bm90aGluZw==', timestamp: '1', nonce: 'n' };
    const signature = getSignature(KEYS.token, '1', 'n', signed.encrypted);
    expect(codeOf(() => unseal({ ...signed, signature }, KEYS))).toBe('wecom-payload');
  });
});

describe('the XML of a callback', () => {
  it('gives its members as texts, ids with leading zeros too', () => {
    expect(readXml('<xml><A><![CDATA[0012]]></A><B>7</B><L><Item>x</Item><Item>y</Item></L></xml>')).toEqual({
      A: '0012',
      B: '7',
      L: { Item: ['x', 'y'] },
    });
  });

  it.each([
    ['a document type', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>'],
    ['a file of the machine', '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><A>&f;</A></xml>'],
    ['no XML', 'Encrypt=…'],
    ['half of it', '<xml><A>'],
    ['another root', '<html><A>1</A></html>'],
  ])('with %s is refused', (_, text) => {
    expect(readXml(text)).toBeUndefined();
  });

  it('does not expand what it does not know', () => {
    expect(readXml('<xml><A>&amp;&undefined;</A></xml>')).toEqual({ A: '&amp;&undefined;' });
  });
});
