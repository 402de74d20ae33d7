import { fieldName } from '../rules/index.ts';
import type { Language } from '../words.ts';

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
  return name === '' ? '' : `‹${fieldName(name)?.[language] ?? name}›`;
}
