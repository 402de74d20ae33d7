import type { Words } from '../words.ts';

type Saying = (name: Words) => Words;

const MARK = '\u0000';
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Says again, with another name, what was said of a key: reasons are kept with keys, which stay, and shown with names,
 * which people change. What is not said in one of these ways stays as it is, and so does a key that nobody knows.
 *
 * @param sayings the ways in which the operator speaks of one; where one is part of another, the longer comes first
 * @param nameOf what a key is called now; the key itself where it is unknown
 */
export function sayAgain(why: Words, sayings: readonly Saying[], nameOf: (key: string) => Words): Words {
  const inLanguage = (language: 'zh' | 'en'): string => {
    const ways = sayings.map((say) => say({ zh: MARK, en: MARK })[language].split(MARK) as [string, string]);
    const pattern = ways.map(([before, after]) => `${escaped(before)}(.+?)${escaped(after)}`).join('|');
    return why[language].replace(new RegExp(pattern, 'gu'), (said, ...found: unknown[]) => {
      const place = found.slice(0, ways.length).findIndex((key) => key !== undefined);
      const way = ways[place];
      return way === undefined ? said : `${way[0]}${nameOf(String(found[place]))[language]}${way[1]}`;
    });
  };
  return { zh: inLanguage('zh'), en: inLanguage('en') };
}
