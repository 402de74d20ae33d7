import { z } from 'zod';
import { durationSeconds } from '../../duration.ts';
import { field } from '../../form/fields.ts';
import {
  type Condition,
  conditionSchema,
  type EventNeeds,
  evaluateOver,
  eventNeeds,
  type Names,
  segmentsOf,
  sentence,
  tagsOf,
} from '../../rules/index.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import noOrderYet from './samples/no-order-yet.json' with { type: 'json' };
import vipFirst from './samples/vip-first.json' with { type: 'json' };

const config = z
  .strictObject({
    branches: field(
      z
        .array(
          z.strictObject({
            id: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
            name: z.string().max(40).optional(),
            when: conditionSchema as z.ZodType<Condition>,
          }),
        )
        .min(1)
        .max(20),
      {
        label: { zh: '分支', en: 'Branches' },
        help: {
          zh: '从上到下，第一个满足的算数；都不满足走「其他」。',
          en: 'From top to bottom, the first that holds is taken; else “Otherwise”.',
        },
        widget: 'branches',
      },
    ),
  })
  .refine(
    (c) => new Set(c.branches.map((b) => b.id)).size === c.branches.length && c.branches.every((b) => b.id !== 'else'),
    {
      path: ['branches'],
      params: {
        message: { zh: '分支的编号重复了。', en: 'Two branches have the same id.' },
        next: { zh: '给每个分支不同的编号。', en: 'Give each branch its own id.' },
      },
    },
  );

type Config = z.infer<typeof config>;

const nameOf = (b: Config['branches'][number], names?: Names) =>
  b.name ? { zh: b.name, en: b.name } : sentence(b.when, names);

export const branch = defineNode<Config>({
  kind: 'branch',
  version: 1,
  upgrades: {},
  config,
  defaults: { branches: [{ id: 'a', when: { tag: '老客' } }] },
  outlets: (c, names) => [
    ...c.branches.map((b) => ({ id: b.id, label: nameOf(b, names) })),
    { id: 'else', label: { zh: '其他', en: 'Otherwise' }, tone: 'else' as const },
  ],
  face: {
    group: 'logic',
    icon: 'BranchesOutlined',
    title: { zh: '条件分支', en: 'Branch' },
    summary: (c, language, names) => c.branches.map((b) => nameOf(b, names)[language]).join(' / '),
    keywords: ['如果', '条件', '判断', 'if', 'condition', 'switch'],
  },
  samples: samples<Config>(noOrderYet, vipFirst),
  needs: ['facts'],
  mentions: (c) => {
    const names = c.branches.flatMap((b) => eventNeeds(b.when)?.names ?? []);
    return {
      tags: c.branches.flatMap((b) => tagsOf(b.when)),
      segments: c.branches.flatMap((b) => segmentsOf(b.when)),
      events: names.filter((name) => name !== '*'),
    };
  },
  ways: (c, sure) => {
    const answers = c.branches.map((b) => sure(b.when));
    const certain = answers.indexOf(true);
    const open = c.branches.filter((_, i) => answers[i] !== false && (certain < 0 || i <= certain)).map(({ id }) => id);
    return certain < 0 ? [...open, 'else'] : open;
  },
  eventNeeds: (c) => mergeNeeds(c.branches.map((b) => eventNeeds(b.when))),
  decide: (c, facts) => {
    const over = {
      traits: facts.customer.traits,
      tags: facts.customer.tags,
      segments: facts.customer.segments,
      events: facts.events,
      now: facts.now,
      zone: facts.zone,
    };
    for (const b of c.branches) {
      const answer = evaluateOver(b.when, over);
      if (answer.holds) return { type: 'go', outlet: b.id, why: answer.why };
    }
    return { type: 'go', outlet: 'else', why: { zh: '前面的条件都不满足', en: 'none of the conditions holds' } };
  },
  lower: (_c, build) => build.decide(),
});

/** What all branches need together: every name, and as far back as the one that looks furthest. */
function mergeNeeds(all: readonly (EventNeeds | undefined)[]): EventNeeds | undefined {
  return all.reduce((a, b) => {
    if (!a || !b) return a ?? b;
    const names = a.names === '*' || b.names === '*' ? ('*' as const) : [...new Set([...a.names, ...b.names])];
    if (a.within === undefined || b.within === undefined) return { names };
    const further = (durationSeconds(a.within) ?? 0) >= (durationSeconds(b.within) ?? 0) ? a.within : b.within;
    return { names, within: further };
  }, undefined);
}
