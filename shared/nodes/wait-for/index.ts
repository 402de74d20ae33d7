/**
 * Waiting for something to happen. What has already happened does not wait: between the message and this node the
 * customer may have ordered, and nobody should wait a week for an order that is there. So events count from the moment
 * she entered the journey (without the event that brought her in), or, if the card says so, from this node on; a tag
 * counts when she has it (or, for a removal, when she does not).
 */
import { z } from 'zod';
import { durationSeconds, durationWords } from '../../duration.ts';
import type { CustomerEvent } from '../../events/index.ts';
import { field } from '../../form/fields.ts';
import { mentionsOfTriggers } from '../../journey/mentions.ts';
import { durationSchema } from '../../journey/schema.ts';
import { eventsOfTrigger, isTrueNow, TRIGGERS, triggerSchema, triggerWords } from '../../journey/triggers/index.ts';
import type { Awaited } from '../decision.ts';
import { defineNode } from '../define-node.ts';
import type { Facts } from '../facts.ts';
import { samples } from '../samples.ts';
import alreadyOrdered from './samples/already-ordered.json' with { type: 'json' };
import fromHereOn from './samples/from-here-on.json' with { type: 'json' };
import orderOrVip from './samples/order-or-vip.json' with { type: 'json' };

const config = z
  .strictObject({
    for: field(
      z
        .array(
          z.strictObject({
            id: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
            name: z.string().max(40).optional(),
            on: triggerSchema,
          }),
        )
        .min(1)
        .max(10),
      {
        label: { zh: '等什么', en: 'For what' },
        help: { zh: '先发生的那一个决定从哪个出口走。', en: 'The first to happen decides the way out.' },
        widget: 'triggers',
      },
    ),
    limit: field(durationSchema, {
      label: { zh: '最多等', en: 'At most' },
      help: { zh: '到时还没有发生，就走「超时」。', en: 'If nothing has happened by then, “Timed out” is taken.' },
      widget: 'duration',
    }),
    since: field(z.enum(['entry', 'here']).default('entry'), {
      label: { zh: '从何时算起', en: 'Counting from' },
      widget: 'choice',
      options: [
        { value: 'entry', label: { zh: '进入旅程之后', en: 'Entering the journey' } },
        { value: 'here', label: { zh: '到达这个节点之后', en: 'Reaching this node' } },
      ],
    }),
  })
  .refine((c) => new Set(c.for.map((f) => f.id)).size === c.for.length && c.for.every((f) => f.id !== 'timed-out'), {
    path: ['for'],
    params: {
      message: { zh: '出口的编号重复了。', en: 'Two ways out have the same id.' },
      next: { zh: '给每个出口不同的编号。', en: 'Give each its own id.' },
    },
  })
  .refine((c) => (durationSeconds(c.limit) ?? 0) > 0, {
    path: ['limit'],
    params: {
      message: { zh: '最多等多久还没有填写。', en: 'The time limit is missing.' },
      next: { zh: '填写一个时长，例如 7 天。', en: 'Give a duration, such as 7 days.' },
    },
  });

type Config = z.output<typeof config>;

function counts(event: CustomerEvent, c: Config, facts: Facts): boolean {
  if (c.since === 'here') return event.at >= facts.nodeEnteredAt;
  return event.at >= facts.enrolment.cause.at && event.id !== facts.enrolment.cause.messageId;
}

const awaited = (c: Config): Awaited[] => c.for.map((f) => ({ outlet: f.id, on: f.on }));

export const waitFor = defineNode<Config>({
  kind: 'wait-for',
  version: 1,
  upgrades: {},
  config: config as z.ZodType<Config>,
  defaults: { for: [{ id: 'a', on: TRIGGERS.event.blank }], limit: 'P7D', since: 'entry' },
  outlets: (c, names) => [
    ...c.for.map((f) => ({ id: f.id, label: f.name ? { zh: f.name, en: f.name } : triggerWords(f.on, names) })),
    { id: 'timed-out', label: { zh: '超时', en: 'Timed out' }, tone: 'else' as const },
  ],
  face: {
    group: 'time',
    icon: 'HourglassOutlined',
    title: { zh: '等待发生', en: 'Wait for' },
    summary: (c, language, names) => {
      const what = c.for
        .map((f) => f.name || triggerWords(f.on, names)[language])
        .join(language === 'zh' ? '、' : ' or ');
      const limit = durationWords(c.limit)[language];
      return language === 'zh' ? `等待${what} · 最多 ${limit}` : `Wait for ${what} · at most ${limit}`;
    },
    keywords: ['事件', '标签', '超时', 'event', 'tag', 'timeout', 'until'],
  },
  samples: samples<Config>(orderOrVip, alreadyOrdered, fromHereOn),
  needs: ['facts', 'await'],
  mentions: (c) => mentionsOfTriggers(c.for.map((f) => f.on)),
  eventNeeds: (c) => {
    const names = c.for.flatMap((f) => eventsOfTrigger(f.on));
    if (names.length === 0) return undefined;
    return { names: names.includes('*') ? '*' : [...new Set(names)] };
  },
  awaits: awaited,
  decide: (c, facts) => {
    const { tags, segments } = facts.customer;
    const standing = { tags, segments, events: facts.events.filter((event) => counts(event, c, facts)) };
    const met = c.for.find((f) => isTrueNow(f.on, standing));
    return met ? { type: 'go', outlet: met.id } : { type: 'await', for: awaited(c) };
  },
  lower: (c, build) => build.await(durationSeconds(c.limit)!, 'timed-out'),
});
