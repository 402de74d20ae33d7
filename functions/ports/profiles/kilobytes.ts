/** Kilobytes begun by a row, as DynamoDB counts and charges them: names and values, of plain types only. */
export const kilobytesOf = (row: Readonly<Record<string, unknown>>): number =>
  Math.ceil(Object.entries(row).reduce((sum, [name, value]) => sum + bytesOf(name) + bytesOf(value), 0) / 1024);

function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value instanceof Uint8Array) return value.length;
  // About a byte for two digits, and one.
  return typeof value === 'number' ? Math.ceil(String(value).length / 2) + 1 : 1;
}
