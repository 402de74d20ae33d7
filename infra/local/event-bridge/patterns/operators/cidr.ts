import type { Anchor, AnchorIndex, AnchorKind } from '../anchors/anchor.ts';
import { buckets } from '../anchors/anchor.ts';
import { InvalidPattern, onStrings, type PatternOperator, type ValueTest } from '../operator.ts';
import { type Address, addressOf } from './addresses.ts';

/** `10.0.0.0/24` or `2001:db8::/32`. */
export const cidr: PatternOperator = {
  name: 'cidr',
  parse(operand) {
    // AWS itself speaks of a prefix here.
    if (typeof operand !== 'string') throw new InvalidPattern('prefix match pattern must be a string');
    const parts = operand.split('/');
    const [text = '', bits = ''] = parts;
    if (parts.length !== 2) throw new InvalidPattern("Malformed CIDR, one '/' required");
    if (!/^-?\d+$/.test(bits)) throw new InvalidPattern('Malformed CIDR, mask bits must be an integer');
    if (Number(bits) < 0) throw new InvalidPattern('Malformed CIDR, mask bits must not be negative');
    const address = addressOf(text);
    if (!address) throw new InvalidPattern(`Nonstandard IP address: ${text}`);
    const width = address.bytes.length * 8;
    if (Number(bits) > width) throw new InvalidPattern(`IPv${width === 32 ? 4 : 6} mask bits must be < ${width}`);
    return inBlock(address, Number(bits));
  },
};

/** An address that shares its first `bits` with this one; all of them: the same address, however it is written. */
export function inBlock(address: Address, bits: number): ValueTest {
  const block = blockOf(address, bits);
  const width = address.bytes.length * 8;
  return onStrings(
    (value) => {
      const other = addressOf(value);
      return other !== undefined && other.bytes.length * 8 === width && blockOf(other, bits) === block;
    },
    inNetwork(block, width, bits),
  );
}

const blockOf = ({ bytes }: Address, bits: number) =>
  `${bytes.length}/${bits}/${bytes.map((byte, n) => byte & mask(bits - 8 * n)).join('.')}`;

const mask = (bits: number) => (bits >= 8 ? 255 : bits <= 0 ? 0 : (255 << (8 - bits)) & 255);

/** Addresses within a block: one look-up for each length of mask that keys have. */
const NETWORK: AnchorKind = {
  name: 'network',
  open<T extends object>(): AnchorIndex<T> {
    const filed = buckets<string, T>();
    const masks: { width: number; bits: number }[] = [];
    return {
      file(key, thing) {
        const { block, width, bits } = key as { block: string; width: number; bits: number };
        if (!masks.some((one) => one.width === width && one.bits === bits)) masks.push({ width, bits });
        filed.add(block, thing);
      },
      find(value, tell) {
        const address = typeof value === 'string' ? addressOf(value) : undefined;
        if (!address) return;
        for (const { width, bits } of masks)
          if (address.bytes.length * 8 === width) filed.tell(blockOf(address, bits), tell);
      },
    };
  },
};

const inNetwork = (block: string, width: number, bits: number): Anchor => ({
  kind: NETWORK,
  key: { block, width, bits },
  place: block,
});
