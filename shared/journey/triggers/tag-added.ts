import { z } from 'zod';
import { defineTrigger, tagField } from './define-trigger.ts';

const schema = z.strictObject({ type: z.literal('tagAdded'), key: tagField });

export const tagAdded = defineTrigger({
  type: 'tagAdded',
  label: { zh: '打上标签', en: 'Tag added' },
  schema,
  blank: { type: 'tagAdded', key: '' },
  events: () => [],
  tags: ({ key }) => [key],
  segments: () => [],
  matches: ({ key }, happening) => happening.type === 'tag' && happening.op === 'added' && happening.key === key,
  isTrueNow: ({ key }, { tags }) => key in tags,
  then: ({ key }) => [[{ tag: key }, true]],
  words: ({ key }, names) => ({ zh: `打上标签「${names.tag(key).zh}」`, en: `tag “${names.tag(key).en}” added` }),
});
