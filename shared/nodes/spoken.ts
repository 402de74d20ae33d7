import type { Language, Words } from '../words.ts';

/** What templates often speak of, as people call it; anything else goes by its own name. */
const NAMES: Readonly<Record<string, Words>> = {
  name: { zh: '姓名', en: 'name' },
  nickname: { zh: '昵称', en: 'nickname' },
  firstName: { zh: '名字', en: 'first name' },
  city: { zh: '城市', en: 'city' },
  product_name: { zh: '商品名', en: 'product' },
  order_id: { zh: '订单号', en: 'order number' },
  total: { zh: '金额', en: 'total' },
  code: { zh: '券码', en: 'code' },
  amount: { zh: '面额', en: 'amount' },
};

/** A default that is written out; one that is again a variable says nothing by itself. */
const DEFAULT = /\|\s*default\s*:\s*(?:'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?))/g;

/**
 * A template on one line as people read it, for a card: a value with a default shows the default, any other its name in
 * ‹ ›, and tags are left out (of `{% if %}` both ways stay). Not a rendering: nothing is computed, and a template that
 * cannot be parsed reads as well as it can.
 */
export function spoken(template: string, language: Language): string {
  return template
    .replace(/\{%-?\s*(comment|raw)\b.*?\{%-?\s*end\1\s*-?%\}/gs, '')
    .replace(/\{%.*?%\}/gs, '')
    .replace(/\{\{-?(.*?)-?\}\}/gs, (_, inside: string) => value(inside, language))
    .trim();
}

/** The first line as people read it, short enough for a card. */
export function firstLine(template: string, language: Language): string {
  const line =
    spoken(template, language)
      .split('\n')
      .find((one) => one.trim() !== '')
      ?.trim() ?? '';
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

function value(inside: string, language: Language): string {
  for (const [, single, double, number] of inside.matchAll(DEFAULT)) {
    const fallback = single ?? double ?? number;
    if (fallback) return fallback;
  }
  const path = inside.split('|')[0]!.trim();
  const quoted = /^(?:'([^']*)'|"([^"]*)")$/.exec(path);
  if (quoted) return quoted[1] ?? quoted[2] ?? '';
  const name = path.split('.').at(-1)!.replace(/\[.*$/, '');
  return name === '' ? '' : `‹${NAMES[name]?.[language] ?? name}›`;
}
