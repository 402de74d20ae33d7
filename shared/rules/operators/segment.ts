import { z } from 'zod';
import type { Words } from '../../words.ts';
import type { Finding } from '../finding.ts';
import { BY_KEY } from '../names.ts';
import { defineOperator, never } from '../operator.ts';
import { sayAgain } from '../said-again.ts';
import { segmentKey } from '../segment-key.ts';

const isIn = ({ zh, en }: Words): Words => ({ zh: `在人群「${zh}」里`, en: `is in the segment “${en}”` });
const isNotIn = ({ zh, en }: Words): Words => ({ zh: `不在人群「${zh}」里`, en: `is not in the segment “${en}”` });

/** The customer is in the segment. */
export const segment = defineOperator<string>({
  name: 'segment',
  label: { zh: '在人群里', en: 'In segment' },
  help: { zh: '客户现在属于这个人群', en: 'The customer is in this segment now' },
  config: () =>
    z
      .string()
      .min(1)
      .max(100)
      .meta({ label: { zh: '人群', en: 'Segment' }, widget: 'segment' }),
  segments: (id) => [id],
  sentence: (id, { names }) => isIn(names.segment(id)),
  negated: (id, { names }) => isNotIn(names.segment(id)),
  renamed: (why, names) => sayAgain(why, [isNotIn, isIn], names.segment),
  over: (id, world) => find(id, world.hasTag(segmentKey(id))),
  compile: (id, build) => {
    const key = segmentKey(id);
    build.readsTag(key);
    return {
      holds: (sight) => sight.hasTag(key),
      next: never,
      find: (sight) => find(id, sight.hasTag(key)),
    };
  },
});

const find = (id: string, holds: boolean): Finding => {
  const name = BY_KEY.segment(id);
  return { holds, evidence: [], why: holds ? isIn(name) : isNotIn(name) };
};
