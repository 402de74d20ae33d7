import { hash } from 'node:crypto';

type Bytes = string | ArrayBuffer | ArrayBufferView;

/**
 * SHA-256 and its HMAC for the SDK's signatures, each from Node's one-shot hash: the SDK's own makes an object (and for
 * the HMAC a key) at every step, which takes five times as long. RFC 2104 says how an HMAC is made of a hash.
 */
export class OneShotSha256 {
  readonly #key: Buffer | undefined;
  #parts: Buffer[] = [];

  constructor(secret?: Bytes) {
    this.#key = secret === undefined ? undefined : blockOf(buffer(secret));
  }
  update(data: Bytes): void {
    this.#parts.push(buffer(data));
  }
  reset(): void {
    this.#parts = [];
  }
  digest(): Promise<Uint8Array> {
    if (this.#key === undefined) return Promise.resolve(sha256(this.#parts));
    const inner = sha256([padded(this.#key, 0x36), ...this.#parts]);
    return Promise.resolve(sha256([padded(this.#key, 0x5c), inner]));
  }
}

const BLOCK = 64;

const sha256 = (parts: readonly Buffer[]): Buffer =>
  hash('sha256', parts.length === 1 ? parts[0]! : Buffer.concat(parts), 'buffer');

/** A key is brought to the length of one block: longer ones are hashed, shorter ones end in zeros. */
const blockOf = (secret: Buffer): Buffer =>
  Buffer.concat([secret.length > BLOCK ? sha256([secret]) : secret, Buffer.alloc(BLOCK)]).subarray(0, BLOCK);

const padded = (key: Buffer, pad: number): Buffer => Buffer.from(key.map((byte) => byte ^ pad));

function buffer(data: Bytes): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}
