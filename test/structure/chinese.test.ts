import { expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

/*
 * Chinese texts take Chinese punctuation: full-width marks beside Chinese characters and 「」 around names. Looks at
 * every text literal of shared and functions; what stands in `${…}` and in Liquid's `{{ … }}` is not text. Comments
 * and tests are not looked at.
 */
const HALF_WIDTH = /[\u4e00-\u9fff」）。][,;:()!?]|[,;:()!?]\s?[\u4e00-\u9fff「（]/u;
const CURLY = /[“”]/u;
const CHINESE = /[\u4e00-\u9fff]/u;

/** The Chinese literals of a source text, without what is filled in. */
function chineseTexts(source: string): string[] {
  const code = source.replace(/^\s*(\/\*|\*|\/\/).*$/gm, '');
  return [...code.matchAll(/'(?:\\.|[^'\\\n])*'|`(?:\\.|\$\{(?:[^{}]|\{[^{}]*\})*\}|[^`\\])*`/gu)]
    .map(([literal]) => literal.slice(1, -1).replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}|\{\{.*?\}\}/gu, '\u25a1'))
    .map((text) => text.replaceAll(/\{%.*?%\}/gu, ''))
    .filter((text) => CHINESE.test(text));
}

const isFaulty = (text: string): boolean =>
  HALF_WIDTH.test(text) || CURLY.test(text) || /^□?[,;:!?]|□[,;:!?]□|[,;:!?]$/u.test(text);

it('Chinese texts take Chinese punctuation', () => {
  const faulty = sourceFiles()
    .filter(({ path }) => /^(shared|functions)\//.test(path) && !/\.test\.tsx?$|\/testing\//.test(path))
    .flatMap(({ path, text }) => chineseTexts(text).map((literal) => ({ path, literal })))
    .filter(({ literal }) => isFaulty(literal));
  expect(faulty).toEqual([]);
});

it('knows half-width from full-width', () => {
  const found = (source: string) => chineseTexts(source).filter(isFaulty);
  expect(found("zh: '你好,世界'")).toHaveLength(1);
  expect(found("zh: '标签“VIP”不存在'")).toHaveLength(1);
  expect(found('zh: `没有 \u0024{n} 次(最近)`')).toHaveLength(1);
  expect(found("zh: '你好，世界（例如 P7D、10:00）。', en: 'Hello, world'")).toEqual([]);
  expect(found("zh: `第 \u0024{a(b, 'c')} 行：\u0024{x}`")).toEqual([]);
});
