/** GBK bytes of a text, by asking the decoder what every pair of bytes means: there is no encoder in Node. */
export function gbk(text: string): Buffer {
  if (TABLE.size === 0) fill();
  return Buffer.concat([...text].map((char) => TABLE.get(char) ?? Buffer.from(char, 'latin1')));
}

const TABLE = new Map<string, Buffer>();

function fill(): void {
  const decoder = new TextDecoder('gbk');
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      const bytes = Buffer.from([high, low]);
      const char = decoder.decode(bytes);
      if ([...char].length === 1 && char !== '\ufffd' && !TABLE.has(char)) TABLE.set(char, bytes);
    }
  }
}
