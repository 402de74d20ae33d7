import { BlockList, isIP, isIPv4 } from 'node:net';
import { InvalidPattern, onStrings, type PatternOperator } from '../operator.ts';

/** `10.0.0.0/24` or `2001:db8::/32`. */
export const cidr: PatternOperator = {
  name: 'cidr',
  parse(operand) {
    // AWS itself speaks of a prefix here.
    if (typeof operand !== 'string') throw new InvalidPattern('prefix match pattern must be a string');
    const parts = operand.split('/');
    const [address = '', bits = ''] = parts;
    if (parts.length !== 2) throw new InvalidPattern("Malformed CIDR, one '/' required");
    if (!/^\d+$/.test(bits)) throw new InvalidPattern('Malformed CIDR, mask bits must be an integer');
    if (isIP(address) === 0) throw new InvalidPattern(`Nonstandard IP address: ${address}`);
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    const width = family === 'ipv4' ? 32 : 128;
    if (Number(bits) > width) throw new InvalidPattern(`IPv${width === 32 ? 4 : 6} mask bits must be < ${width}`);
    const block = new BlockList();
    block.addSubnet(address, Number(bits), family);
    return onStrings((value) => {
      const kind = isIP(value);
      return kind !== 0 && (kind === 4) === (family === 'ipv4') && block.check(value, family);
    });
  },
};
