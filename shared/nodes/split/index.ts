/**
 * A lot drawn once per customer and node: the same customer always draws the same, whatever is retried or replayed. The
 * machine draws it by itself (a hash in JSONata), decide() draws the same lot in TypeScript for rehearsal and tests.
 */
import { z } from 'zod';
import { drawLot } from '../../compiler/lot.ts';
import { field } from '../../form/fields.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import half from './samples/half.json' with { type: 'json' };
import thirds from './samples/three-ways.json' with { type: 'json' };

const config = z
  .strictObject({
    parts: field(
      z
        .array(
          z.strictObject({
            id: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
            name: z.string().max(40).optional(),
            percent: z.number().min(0).max(100),
          }),
        )
        .min(2)
        .max(10),
      {
        label: { zh: '分流', en: 'Parts' },
        help: { zh: '各部分的百分比加起来是 100。', en: 'The percentages add up to 100.' },
        widget: 'percent-list',
      },
    ),
  })
  .refine((c) => Math.abs(c.parts.reduce((sum, p) => sum + p.percent, 0) - 100) < 1e-6, {
    path: ['parts'],
    params: {
      message: { zh: '百分比加起来不是 100。', en: 'The percentages do not add up to 100.' },
      next: { zh: '调整各部分的比例。', en: 'Adjust the parts.' },
    },
  })
  .refine((c) => new Set(c.parts.map((p) => p.id)).size === c.parts.length, {
    path: ['parts'],
    params: {
      message: { zh: '分流的编号重复了。', en: 'Two parts have the same id.' },
      next: { zh: '给每个部分不同的编号。', en: 'Give each part its own id.' },
    },
  });

type Config = z.infer<typeof config>;

const nameOf = (p: Config['parts'][number]): string => p.name || p.id.toUpperCase();

/** All parts but the last with the upper bound of their share, in [0, 1]. */
function bounds(c: Config): { id: string; below: number }[] {
  let sum = 0;
  return c.parts.slice(0, -1).map((p) => {
    sum += p.percent;
    return { id: p.id, below: sum / 100 };
  });
}

export const split = defineNode<Config>({
  kind: 'split',
  version: 1,
  upgrades: {},
  config,
  defaults: {
    parts: [
      { id: 'a', percent: 50 },
      { id: 'b', percent: 50 },
    ],
  },
  outlets: (c) =>
    c.parts.map((p) => ({ id: p.id, label: { zh: `${nameOf(p)} ${p.percent}%`, en: `${nameOf(p)} ${p.percent}%` } })),
  face: {
    group: 'logic',
    icon: 'PercentageOutlined',
    title: { zh: '按比例分流', en: 'Split' },
    summary: (c) => c.parts.map((p) => `${nameOf(p)} ${p.percent}%`).join(' · '),
    keywords: ['随机', '实验', '对照', 'A/B', 'random', 'test', 'percent'],
  },
  samples: samples<Config>(half, thirds),
  needs: [],
  decide: (c, facts) => {
    const lot = drawLot(facts.enrolment.journey, facts.nodeId, facts.customer.id);
    return { type: 'go', outlet: bounds(c).find((b) => lot < b.below)?.id ?? c.parts.at(-1)!.id };
  },
  lower: (c, build) =>
    build.choose(
      bounds(c).map((b) => ({ when: `${build.lot} < ${b.below}`, outlet: b.id })),
      c.parts.at(-1)!.id,
      Object.fromEntries(c.parts.map((p) => [p.id, p.percent / 100])),
    ),
});
