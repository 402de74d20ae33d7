import { durationWords } from '../duration.ts';
import { BY_KEY, type Names, pathWords, sentence, valuesWords } from '../rules/index.ts';
import type { Words } from '../words.ts';
import type { Inference, TagDefinition } from './ruleset.ts';

/**
 * A tag's rule with all that goes with it, as people say it: "“Order Completed” at least 2 times; stays for ever". Other
 * tags and segments are called by `names`.
 */
export function ruleSentence(tag: TagDefinition, names: Names = BY_KEY): Words {
  const parts = [
    ...(tag.infer ? [inferenceWords(tag.infer)] : []),
    ...(tag.when ? [sentence(tag.when, names)] : []),
    ...(tag.manual ? [tag.when ? { zh: '也可手动打标', en: 'or set by hand' } : BY_HAND] : []),
    ...(tag.family ? [familyWords(tag.family)] : []),
    ...(tag.sticky ? [{ zh: '一旦成立永远保留', en: 'once true, for ever' }] : []),
    ...(tag.ttl ? [ttlWords(tag.ttl)] : []),
    ...(tag.excludes ? [excludesWords(tag.excludes)] : []),
  ];
  return { zh: parts.map(({ zh }) => zh).join('；'), en: parts.map(({ en }) => en).join('; ') };
}

const BY_HAND: Words = { zh: '手动打标', en: 'set by hand' };

export const familyWords = ({ by, bound, split }: NonNullable<TagDefinition['family']>): Words => ({
  zh: `每个${pathWords(by).zh}一个标签，最多 ${bound} 个${split === undefined ? '' : `，按「${split}」分级，下级也算上级`}`,
  en: `a tag for each ${pathWords(by).en}, ${bound} at most${split === undefined ? '' : `, in levels by “${split}”, the finer counting for the wider`}`,
});

function ttlWords(ttl: string): Words {
  const { zh, en } = durationWords(ttl);
  return { zh: `${zh}内未再确认则去掉`, en: `goes ${en} after it was last confirmed` };
}

const excludesWords = (topics: readonly string[]): Words => {
  const { zh, en } = valuesWords(topics);
  return { zh: `不发涉及${zh}的内容`, en: `no content about ${en} is sent` };
};

export function inferenceWords(infer: Inference): Words {
  const name = pathWords(infer.of);
  const rows = infer.table.map(({ from, to }) => ({ from: valuesWords(from), to: valuesWords(to) }));
  const had = sentence({ did: eventsOf(infer) });
  const unless = infer.again ? { zh: '', en: '' } : { zh: '（还没有过的才算）', en: ' (unless she has had it)' };
  return {
    zh: `${had.zh}，按${name.zh}推导：${rows.map(({ from, to }) => `${from.zh} → ${to.zh}`).join('、')}${unless.zh}`,
    en: `${had.en}; from the ${name.en} follows: ${rows.map(({ from, to }) => `${from.en} → ${to.en}`).join(', ')}${unless.en}`,
  };
}

const eventsOf = ({ event, except, where, within }: Inference) => ({
  event,
  ...(except && { except }),
  ...(where && { where }),
  ...(within && { within }),
});
