import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import type { WeComSettings } from './settings.ts';

/** What the query of a callback says about its payload. */
export interface Sealed {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
  /** Base64: `echostr` of the verification, or `Encrypt` of a message. */
  readonly encrypted: string;
}

type Keys = Pick<WeComSettings, 'corpId' | 'token' | 'encodingAesKey'>;

/**
 * The text that WeCom sealed (developer.work.weixin.qq.com/document/path/90968): SHA-1 over token, timestamp, nonce and
 * payload, sorted; AES-256-CBC with the first 16 bytes of the key as IV, PKCS#7 in blocks of 32; inside 16 random bytes,
 * the length, the text, and the corp it is meant for. `@wecom/crypto` is the oracle of the tests.
 *
 * @throws SealBroken with code `wecom-signature`, `wecom-payload` or `wecom-receiver`
 */
export function unseal({ signature, timestamp, nonce, encrypted }: Sealed, keys: Keys): string {
  const own = createHash('sha1').update([keys.token, timestamp, nonce, encrypted].sort().join('')).digest('hex');
  if (!same(own, signature)) throw new SealBroken('wecom-signature');
  const plain = decrypt(encrypted, keys.encodingAesKey);
  const length = plain.length < 20 ? -1 : plain.readUInt32BE(16);
  if (length < 0 || 20 + length > plain.length) throw new SealBroken('wecom-payload');
  const receiver = plain.subarray(20 + length).toString('utf8');
  if (!same(receiver, keys.corpId)) throw new SealBroken('wecom-receiver');
  return plain.subarray(20, 20 + length).toString('utf8');
}

const BLOCK = 32;

function decrypt(encrypted: string, encodingAesKey: string): Buffer {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  try {
    const cipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
    // Node would take off blocks of 16 only.
    cipher.setAutoPadding(false);
    const padded = Buffer.concat([cipher.update(encrypted, 'base64'), cipher.final()]);
    const padding = padded.at(-1) ?? 0;
    if (padding < 1 || padding > BLOCK || padding > padded.length) throw new SealBroken('wecom-payload');
    return padded.subarray(0, padded.length - padding);
  } catch (cause) {
    throw cause instanceof SealBroken ? cause : new SealBroken('wecom-payload', { cause });
  }
}

/** Takes the same time wherever they differ. Texts of other lengths are told apart at once: the length is no secret. */
function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

export class SealBroken extends Error {
  readonly code: 'wecom-signature' | 'wecom-payload' | 'wecom-receiver';
  constructor(code: SealBroken['code'], options?: ErrorOptions) {
    super(`A callback of WeCom could not be opened: ${code}`, options);
    this.name = 'SealBroken';
    this.code = code;
  }
}
