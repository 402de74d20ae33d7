import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WordTree } from './area.ts';
import { RESOURCES } from './words/index.ts';

function leaves(tree: WordTree, under = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[under + key, value]] : leaves(value, `${under}${key}.`),
  );
}

const zh = new Map(leaves(RESOURCES.zh));
const en = new Map(leaves(RESOURCES.en));
const slots = (text: string | undefined): string[] => (text?.match(/\{\{\w+\}\}/g) ?? []).sort();

const sources = readdirSync(join(import.meta.dirname, '..'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.includes('i18n'))
  .map((file) => ({ file, text: readFileSync(join(import.meta.dirname, '..', file), 'utf8') }));

describe('the words of the console', () => {
  it('are there in both languages, with the same blanks to fill in', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort());
    for (const [key, text] of zh) expect([key, slots(text)]).toEqual([key, slots(en.get(key))]);
  });

  it('are written in their own language', () => {
    const chinese = /[\u4e00-\u9fff]/;
    const foreign = [...en].filter(([key, text]) => chinese.test(text) && !/^(brand|language\.other)$/.test(key));
    expect(foreign).toEqual([]);
    // Chinese sentences take Chinese punctuation.
    expect([...zh].filter(([, text]) => /[\u4e00-\u9fff][,;:?!](\s|$|[\u4e00-\u9fff])/.test(text))).toEqual([]);
  });

  it('are there for every key that the pages ask for', () => {
    const missing = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\bt\(\s*'([^']+)'/g)].flatMap(([, key = '']) =>
        zh.has(key) || zh.has(`${key}_other`) ? [] : [`${file}: ${key}`],
      ),
    );
    expect(missing).toEqual([]);
    const families = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\bt\(\s*`([\w.]+)\.\$\{/g)].flatMap(([, prefix = '']) =>
        [...zh.keys()].some((key) => key.startsWith(`${prefix}.`)) ? [] : [`${file}: ${prefix}.*`],
      ),
    );
    expect(families).toEqual([]);
  });

  it('stand nowhere else: no page has Chinese or a sentence of its own', () => {
    const own = sources.flatMap(({ file, text }) => {
      const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
      const spoken = [...code.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+)\s*</g)].map(([, words]) => words);
      return [...(/[\u4e00-\u9fff]+/.exec(code) ?? []), ...spoken].map((words) => `${file}: ${words}`);
    });
    expect(own).toEqual([]);
  });
});
