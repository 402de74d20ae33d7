/** Our own Liquid filters, beside the usual ones. All are total: a missing value gives an empty text. */

/** `{{ 8 | money }}` -> ¥8, `{{ 12.5 | money: '$' }}` -> $12.50: no decimals where there are none. */
export function money(value: unknown, symbol: unknown = '¥'): string {
  const amount = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value ?? Number.NaN);
  if (!Number.isFinite(amount)) return '';
  const digits = Math.abs(amount).toFixed(2).replace(/\.00$/, '');
  const [whole, part] = digits.split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amount < 0 ? '-' : ''}${String(symbol)}${grouped}${part ? `.${part}` : ''}`;
}

/** `{{ user.phone | mask_phone }}` -> 138****5678. What is too short to keep anything private is hidden whole. */
export function maskPhone(value: unknown): string {
  const digits = String(value ?? '').trim();
  if (digits.length < 7) return '*'.repeat(digits.length);
  return `${digits.slice(0, 3)}${'*'.repeat(digits.length - 7)}${digits.slice(-4)}`;
}

/** Cuts a text to this many bytes of UTF-8, never through a character: WeCom and SMS count bytes. */
export function truncateBytes(value: unknown, limit: unknown): string {
  const most = Number(limit ?? 4000);
  let used = 0;
  let kept = '';
  for (const letter of String(value ?? '')) {
    used += byteLength(letter);
    if (used > most) break;
    kept += letter;
  }
  return kept;
}

export function byteLength(value: string): number {
  let bytes = 0;
  for (const letter of value) {
    const point = letter.codePointAt(0)!;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
