import { isIP, SocketAddress } from 'node:net';

/** An IP address by its bytes: 4 or 16 of them. */
export interface Address {
  readonly bytes: readonly number[];
}

const LOOKS_LIKE_ONE = /^(\d+\.\d+\.\d+\.\d+|[\da-fA-F:]*:[\da-fA-F:]*)$/;

/** The address that a text is, in whatever spelling, or undefined. */
export function addressOf(text: string): Address | undefined {
  if (!LOOKS_LIKE_ONE.test(text)) return undefined;
  const family = isIP(text);
  if (family === 4) return { bytes: text.split('.').map(Number) };
  return family === 6 ? { bytes: ipv6(text) } : undefined;
}

function ipv6(text: string): number[] {
  const { address } = new SocketAddress({ address: text, family: 'ipv6' });
  const [head = '', tail = ''] = address.split('::');
  const words = (part: string) => (part === '' ? [] : part.split(':'));
  const missing = 8 - words(head).length - words(tail).length;
  const all = [
    ...words(head),
    ...Array.from({ length: address.includes('::') ? missing : 0 }, () => '0'),
    ...words(tail),
  ];
  return all.flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 255]);
}
