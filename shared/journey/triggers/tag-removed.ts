import { z } from 'zod';
import { defineTrigger, tagField } from './define-trigger.ts';

const schema = z.strictObject({ type: z.literal('tagRemoved'), key: tagField });

export const tagRemoved = defineTrigger({
  type: 'tagRemoved',
  label: { zh: '去掉标签', en: 'Tag removed' },
  schema,
  blank: { type: 'tagRemoved', key: '' },
  events: () => [],
  tags: ({ key }) => [key],
  segments: () => [],
  matches: ({ key }, happening) => happening.type === 'tag' && happening.op === 'removed' && happening.key === key,
  isTrueNow: ({ key }, { tags }) => !(key in tags),
  then: ({ key }) => [[{ tag: key }, false]],
  words: ({ key }, names) => ({ zh: `去掉标签「${names.tag(key).zh}」`, en: `tag “${names.tag(key).en}” removed` }),
});
