import { z } from 'zod';
import { defineTrigger, segmentField } from './define-trigger.ts';

const schema = z.strictObject({ type: z.literal('segmentLeft'), segment: segmentField });

export const segmentLeft = defineTrigger({
  type: 'segmentLeft',
  label: { zh: '离开人群', en: 'Segment left' },
  schema,
  blank: { type: 'segmentLeft', segment: '' },
  events: () => [],
  tags: () => [],
  segments: ({ segment }) => [segment],
  matches: ({ segment }, happening) =>
    happening.type === 'segment' && happening.op === 'left' && happening.segment === segment,
  isTrueNow: ({ segment }, { segments }) => !(segment in segments),
  then: ({ segment }) => [[{ segment }, false]],
  words: ({ segment }, names) => {
    const { zh, en } = names.segment(segment);
    return { zh: `离开人群「${zh}」`, en: `segment “${en}” left` };
  },
});
