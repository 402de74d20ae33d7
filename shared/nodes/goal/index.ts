import { z } from 'zod';
import { field } from '../../form/fields.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import firstOrder from './samples/first-order.json' with { type: 'json' };

const config = z.strictObject({
  name: field(z.string().min(1).max(80), {
    label: { zh: '目标', en: 'Goal' },
    help: { zh: '报表里用这个名字。', en: 'The name that reports use.' },
    widget: 'text',
  }),
});

type Config = z.infer<typeof config>;

export const goal = defineNode<Config>({
  kind: 'goal',
  version: 1,
  upgrades: {},
  config,
  defaults: { name: '目标达成' },
  defaultsEn: { name: 'Goal reached' },
  outlets: () => [],
  face: {
    group: 'flow',
    icon: 'TrophyOutlined',
    title: { zh: '达成目标', en: 'Goal' },
    summary: (c) => c.name,
    keywords: ['成功', '转化', '结束', 'success', 'conversion', 'end'],
  },
  samples: samples<Config>(firstOrder),
  needs: [],
  decide: (c) => ({ type: 'go', outlet: '', effects: [{ type: 'end', outcome: 'goal', reason: c.name }] }),
  lower: (_c, build) => build.end(),
});
