/**
 * Java's pseudo-random generator (java.util.Random), which AWS draws seeded random numbers from: the same seed gives the
 * same numbers here and there. Its state has 48 bits.
 */
const MULTIPLIER = 0x5deece66dn;
const MASK = (1n << 48n) - 1n;

export class JavaRandom {
  private state: bigint;

  /** `seed`: a whole number; more than 64 bits wrap around. */
  constructor(seed: number) {
    this.state = (BigInt(Math.trunc(seed)) ^ MULTIPLIER) & MASK;
  }

  /** The next number in [0, 1), as nextDouble() gives it. */
  double(): number {
    return (this.bits(26) * 2 ** 27 + this.bits(27)) / 2 ** 53;
  }

  /** The next whole number in [0, bound), as nextInt(bound) gives it. `bound`: at most 2^31 - 1. */
  below(bound: number): number {
    if ((bound & -bound) === bound) return Math.floor((bound * this.bits(31)) / 2 ** 31);
    for (;;) {
      const bits = this.bits(31);
      const value = bits % bound;
      // What lies beyond the last whole multiple of the bound is thrown away, so that all values are as likely.
      if (bits - value + (bound - 1) < 2 ** 31) return value;
    }
  }

  private bits(count: number): number {
    this.state = (this.state * MULTIPLIER + 0xbn) & MASK;
    return Number(this.state >> BigInt(48 - count));
  }
}
