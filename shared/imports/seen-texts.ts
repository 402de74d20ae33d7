/**
 * Texts that were seen, by 128 bits of each (MurmurHash3, x86 variant): a million take 32 MB, and to mistake one for
 * another among a million has a chance of one in 10^26. Not held against somebody who looks for two that are mistaken.
 */
export class SeenTexts {
  #slots = new Uint32Array(4 * 4096);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** True when it was there before; it is from now on. */
  add(text: string): boolean {
    const hash = hash128(text);
    // A place whose last word is nought is free.
    hash[3] = hash[3]! | 1;
    if (!insert(this.#slots, hash, 0)) return true;
    this.#count++;
    if (this.#count * 8 > this.#slots.length) this.#grow();
    return false;
  }

  #grow(): void {
    const larger = new Uint32Array(this.#slots.length * 2);
    for (let i = 0; i < this.#slots.length; i += 4) if (this.#slots[i + 3] !== 0) insert(larger, this.#slots, i);
    this.#slots = larger;
  }
}

/** False when it is there. At most half of the places are taken, so there is always a free one. */
function insert(slots: Uint32Array, from: Uint32Array, at: number): boolean {
  const mask = slots.length / 4 - 1;
  for (let place = from[at]! & mask; ; place = (place + 1) & mask) {
    const i = 4 * place;
    if (slots[i + 3] === 0) {
      for (let word = 0; word < 4; word++) slots[i + word] = from[at + word]!;
      return true;
    }
    if ([0, 1, 2, 3].every((word) => slots[i + word] === from[at + word])) return false;
  }
}

const C = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93];
const rotl = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
const scramble = (word: number, by: number, first: number, second: number): number =>
  Math.imul(rotl(Math.imul(word, first), by), second);

/** Of the code units of a text, two to a word. */
function hash128(text: string): Uint32Array {
  let [h1, h2, h3, h4] = [0, 0, 0, 0];
  const word = (at: number): number =>
    (at < text.length ? text.charCodeAt(at) : 0) | (at + 1 < text.length ? text.charCodeAt(at + 1) << 16 : 0);
  for (let at = 0; at < text.length; at += 8) {
    h1 = Math.imul(rotl(h1 ^ scramble(word(at), 15, C[0]!, C[1]!), 19) + h2, 5) + 0x561ccd1b;
    h2 = Math.imul(rotl(h2 ^ scramble(word(at + 2), 16, C[1]!, C[2]!), 17) + h3, 5) + 0x0bcaa747;
    h3 = Math.imul(rotl(h3 ^ scramble(word(at + 4), 17, C[2]!, C[3]!), 15) + h4, 5) + 0x96cd1c35;
    h4 = Math.imul(rotl(h4 ^ scramble(word(at + 6), 18, C[3]!, C[0]!), 13) + h1, 5) + 0x32ac3b17;
  }
  const length = text.length * 2;
  let lanes = spread([h1 ^ length, h2 ^ length, h3 ^ length, h4 ^ length]);
  lanes = spread(lanes.map(stir));
  return Uint32Array.from(lanes, (lane) => lane >>> 0);
}

/** Each lane comes to depend on all. */
function spread([h1 = 0, h2 = 0, h3 = 0, h4 = 0]: readonly number[]): number[] {
  const all = (h1 + h2 + h3 + h4) | 0;
  return [all, (h2 + all) | 0, (h3 + all) | 0, (h4 + all) | 0];
}

function stir(lane: number): number {
  let h = lane;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
