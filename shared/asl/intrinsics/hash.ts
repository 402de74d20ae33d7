/**
 * MD5, SHA-1, SHA-256, SHA-384 and SHA-512 as States.Hash and $hash need them: synchronous, in Node and in a browser
 * (node:crypto is not in a browser, and a browser's own digests are asynchronous). Not for secrets.
 * The algorithms are those of RFC 1321 and FIPS 180-4; intrinsics.test.ts holds them to node:crypto.
 */
export const HASH_ALGORITHMS = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const;
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

/** The digest of a text's UTF-8 bytes, in lower-case hexadecimal. */
export function hashText(text: string, algorithm: HashAlgorithm): string {
  const bytes = new TextEncoder().encode(text);
  switch (algorithm) {
    case 'MD5':
      return md5(bytes);
    case 'SHA-1':
      return sha1(bytes);
    case 'SHA-256':
      return sha256(bytes);
    case 'SHA-384':
      return sha512(bytes, 384);
    case 'SHA-512':
      return sha512(bytes, 512);
  }
}

const rotl = (x: number, n: number): number => (x << n) | (x >>> (32 - n));
const rotr = (x: number, n: number): number => (x >>> n) | (x << (32 - n));
const hex32 = (x: number): string => (x >>> 0).toString(16).padStart(8, '0');

/** The message with its padding: a one bit, zeros, the length in bits. */
function pad(bytes: Uint8Array, block: 64 | 128, littleEndian: boolean): DataView {
  const lengthBytes = block / 8;
  const size = Math.ceil((bytes.length + 1 + lengthBytes) / block) * block;
  const view = new DataView(new ArrayBuffer(size));
  new Uint8Array(view.buffer).set(bytes);
  view.setUint8(bytes.length, 0x80);
  const bits = BigInt(bytes.length) * 8n;
  view.setBigUint64(size - 8, bits, littleEndian);
  return view;
}

/** The first `bits` bits of the fraction of a prime's square or cube root: where SHA-2 takes its constants from. */
function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (found.every((p) => n % p !== 0n)) found.push(n);
  return found;
}

function rootFraction(n: bigint, degree: 2n | 3n, bits: bigint): bigint {
  const target = n << (bits * degree);
  let low = 0n;
  let high = target;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** degree <= target) low = middle;
    else high = middle - 1n;
  }
  return low & ((1n << bits) - 1n);
}

const SINES = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 4294967296) | 0);
const S = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

function md5(bytes: Uint8Array): string {
  const view = pad(bytes, 64, true);
  let [a0, b0, c0, d0] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let at = 0; at < view.byteLength; at += 64) {
    let [a, b, c, d] = [a0, b0, c0, d0];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const f =
        round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
      const g = round === 0 ? i : round === 1 ? 5 * i + 1 : round === 2 ? 3 * i + 5 : 7 * i;
      const sum = (a + f + (SINES[i] as number) + view.getUint32(at + (g % 16) * 4, true)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotl(sum, S[round * 4 + (i & 3)] as number)) | 0;
    }
    a0 = (a0 + a) | 0;
    b0 = (b0 + b) | 0;
    c0 = (c0 + c) | 0;
    d0 = (d0 + d) | 0;
  }
  const out = new DataView(new ArrayBuffer(16));
  [a0, b0, c0, d0].forEach((word, i) => {
    out.setInt32(i * 4, word, true);
  });
  return [0, 4, 8, 12].map((i) => hex32(out.getInt32(i))).join('');
}

function sha1(bytes: Uint8Array): string {
  const view = pad(bytes, 64, false);
  const h = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  const w = new Int32Array(80);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 80; i++) {
      w[i] =
        i < 16
          ? view.getInt32(at + i * 4)
          : rotl((w[i - 3] as number) ^ (w[i - 8] as number) ^ (w[i - 14] as number) ^ (w[i - 16] as number), 1);
    }
    let [a, b, c, d, e] = h as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const [f, k] =
        i < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : i < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : i < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc | 0]
              : [b ^ c ^ d, 0xca62c1d6 | 0];
      const t = (rotl(a, 5) + f + e + k + (w[i] as number)) | 0;
      [e, d, c, b, a] = [d, c, rotl(b, 30), a, t];
    }
    [a, b, c, d, e].forEach((x, i) => {
      h[i] = ((h[i] as number) + x) | 0;
    });
  }
  return h.map(hex32).join('');
}

/** Of SHA-256: how it begins, and its 64 constants. Found once: it takes longer than the hash of a short text. */
let roots256: { readonly begin: readonly number[]; readonly k: Int32Array } | undefined;
const low32 = (x: bigint): number => Number(BigInt.asIntN(32, x));

function sha256(bytes: Uint8Array): string {
  roots256 ??= {
    begin: primes(8).map((p) => low32(rootFraction(p, 2n, 32n))),
    k: Int32Array.from(primes(64), (p) => low32(rootFraction(p, 3n, 32n))),
  };
  const { begin, k: k256 } = roots256;
  const view = pad(bytes, 64, false);
  const h = [...begin];
  const w = new Int32Array(64);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = view.getInt32(at + i * 4);
      else {
        const x = w[i - 15] as number;
        const y = w[i - 2] as number;
        const s0 = rotr(x, 7) ^ rotr(x, 18) ^ (x >>> 3);
        const s1 = rotr(y, 17) ^ rotr(y, 19) ^ (y >>> 10);
        w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0;
      }
    }
    let [a, b, c, d, e, f, g, j] = h as [number, number, number, number, number, number, number, number];
    // A list on both sides of the assignment would be made anew in each of the 64 rounds.
    for (let i = 0; i < 64; i++) {
      const s1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
      const t1 = (j + s1 + ((e & f) ^ (~e & g)) + (k256[i] as number) + (w[i] as number)) | 0;
      const s0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      j = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, j].forEach((x, i) => {
      h[i] = ((h[i] as number) + x) | 0;
    });
  }
  return h.map(hex32).join('');
}

const M64 = (1n << 64n) - 1n;
const rotr64 = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (64n - n))) & M64;
let k512: bigint[] | undefined;

function sha512(bytes: Uint8Array, bits: 384 | 512): string {
  k512 ??= primes(80).map((p) => rootFraction(p, 3n, 64n));
  const view = pad(bytes, 128, false);
  // SHA-512 begins with the roots of the first eight primes, SHA-384 with those of the ninth to sixteenth.
  const h = primes(16)
    .slice(bits === 512 ? 0 : 8)
    .slice(0, 8)
    .map((p) => rootFraction(p, 2n, 64n));
  const w: bigint[] = new Array(80);
  for (let at = 0; at < view.byteLength; at += 128) {
    for (let i = 0; i < 80; i++) {
      if (i < 16) w[i] = view.getBigUint64(at + i * 8);
      else {
        const x = w[i - 15] as bigint;
        const y = w[i - 2] as bigint;
        const s0 = rotr64(x, 1n) ^ rotr64(x, 8n) ^ (x >> 7n);
        const s1 = rotr64(y, 19n) ^ rotr64(y, 61n) ^ (y >> 6n);
        w[i] = ((w[i - 16] as bigint) + s0 + (w[i - 7] as bigint) + s1) & M64;
      }
    }
    let [a, b, c, d, e, f, g, j] = h as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let i = 0; i < 80; i++) {
      const s1 = rotr64(e, 14n) ^ rotr64(e, 18n) ^ rotr64(e, 41n);
      const t1 = (j + s1 + ((e & f) ^ (~e & M64 & g)) + (k512[i] as bigint) + (w[i] as bigint)) & M64;
      const s0 = rotr64(a, 28n) ^ rotr64(a, 34n) ^ rotr64(a, 39n);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & M64;
      [j, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & M64, c, b, a, (t1 + t2) & M64];
    }
    [a, b, c, d, e, f, g, j].forEach((x, i) => {
      h[i] = ((h[i] as bigint) + x) & M64;
    });
  }
  return h
    .map((x) => x.toString(16).padStart(16, '0'))
    .join('')
    .slice(0, bits / 4);
}
