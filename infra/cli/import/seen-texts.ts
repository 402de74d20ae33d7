import { hash } from 'node:crypto';

/**
 * Texts that were seen, by 128 bits of each: a million take 32 MB, and to mistake one for another among a million has a
 * chance of one in 10^26.
 */
export class SeenTexts {
  #slots = new BigUint64Array(2 * 4096);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** True when it was there before; it is from now on. */
  add(text: string): boolean {
    const digest = hash('md5', text, 'buffer');
    const high = digest.readBigUInt64LE(0);
    // Two noughts mark a free place.
    const low = digest.readBigUInt64LE(8) | 1n;
    if (!insert(this.#slots, high, low)) return true;
    this.#count++;
    if (this.#count * 4 > this.#slots.length) this.#grow();
    return false;
  }

  #grow(): void {
    const larger = new BigUint64Array(this.#slots.length * 2);
    for (let i = 0; i < this.#slots.length; i += 2) {
      if (this.#slots[i + 1] !== 0n) insert(larger, this.#slots[i]!, this.#slots[i + 1]!);
    }
    this.#slots = larger;
  }
}

/** False when it is there. At most half of the places are taken, so there is always a free one. */
function insert(slots: BigUint64Array, high: bigint, low: bigint): boolean {
  const mask = slots.length / 2 - 1;
  for (let place = Number(high & BigInt(mask)); ; place = (place + 1) & mask) {
    if (slots[2 * place + 1] === 0n) {
      slots[2 * place] = high;
      slots[2 * place + 1] = low;
      return true;
    }
    if (slots[2 * place] === high && slots[2 * place + 1] === low) return false;
  }
}
