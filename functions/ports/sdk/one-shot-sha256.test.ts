import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OneShotSha256 } from './one-shot-sha256.ts';

const digest = async (parts: readonly Uint8Array[], secret?: Uint8Array | string) => {
  const hash = new OneShotSha256(secret);
  for (const part of parts) hash.update(part);
  return Buffer.from(await hash.digest()).toString('hex');
};

describe('the hash of the signatures', () => {
  it('is SHA-256, however the data is cut, and HMAC with keys of any length', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { maxLength: 4 }), bytes, async (parts, secret) => {
        const all = Buffer.concat(parts);
        expect(await digest(parts)).toBe(createHash('sha256').update(all).digest('hex'));
        expect(await digest(parts, secret)).toBe(createHmac('sha256', secret).update(all).digest('hex'));
      }),
    );
  });

  it('takes texts as UTF-8', async () => {
    const hash = new OneShotSha256('密钥');
    hash.update('旅程');
    expect(Buffer.from(await hash.digest())).toEqual(createHmac('sha256', '密钥').update('旅程').digest());
  });
});
