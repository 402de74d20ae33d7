import { z } from 'zod';
import type { Words } from '../../words.ts';
import type { Finding } from '../finding.ts';
import { BY_KEY } from '../names.ts';
import { defineOperator, never } from '../operator.ts';
import { sayAgain } from '../said-again.ts';

const has = ({ zh, en }: Words): Words => ({ zh: `有标签「${zh}」`, en: `has the tag “${en}”` });
const hasNot = ({ zh, en }: Words): Words => ({ zh: `没有标签「${zh}」`, en: `does not have the tag “${en}”` });

/** The customer has the tag. The key of a family means any tag of it. */
export const tag = defineOperator<string>({
  name: 'tag',
  label: { zh: '有标签', en: 'Has tag' },
  help: { zh: '客户现在有这个标签', en: 'The customer has this tag now' },
  config: () =>
    z
      .string()
      .min(1)
      .max(200)
      .meta({ label: { zh: '标签', en: 'Tag' }, widget: 'tag' }),
  tags: (key) => [key],
  sentence: (key, { names }) => has(names.tag(key)),
  negated: (key, { names }) => hasNot(names.tag(key)),
  renamed: (why, names) => sayAgain(why, [hasNot, has], names.tag),
  over: (key, world) => find(key, world.hasTag(key)),
  compile: (key, build) => {
    build.readsTag(key);
    return {
      holds: (sight) => sight.hasTag(key),
      next: never,
      find: (sight) => find(key, sight.hasTag(key)),
    };
  },
});

const find = (key: string, holds: boolean): Finding => {
  const name = BY_KEY.tag(key);
  return { holds, evidence: [], why: holds ? has(name) : hasNot(name) };
};
