import { z } from 'zod';
import { defineTrigger, segmentField } from './define-trigger.ts';

const schema = z.strictObject({ type: z.literal('segmentEntered'), segment: segmentField });

export const segmentEntered = defineTrigger({
  type: 'segmentEntered',
  label: { zh: '进入人群', en: 'Segment entered' },
  schema,
  blank: { type: 'segmentEntered', segment: '' },
  events: () => [],
  tags: () => [],
  segments: ({ segment }) => [segment],
  matches: ({ segment }, happening) =>
    happening.type === 'segment' && happening.op === 'entered' && happening.segment === segment,
  isTrueNow: ({ segment }, { segments }) => segment in segments,
  then: ({ segment }) => [[{ segment }, true]],
  words: ({ segment }, names) => {
    const { zh, en } = names.segment(segment);
    return { zh: `进入人群「${zh}」`, en: `segment “${en}” entered` };
  },
});
