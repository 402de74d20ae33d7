import { z } from 'zod';
import { field } from '../../form/fields.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import done from './samples/done.json' with { type: 'json' };
import left from './samples/not-for-her.json' with { type: 'json' };

const config = z.strictObject({
  reason: field(z.string().max(80).optional(), {
    label: { zh: '原因', en: 'Reason' },
    help: {
      zh: '不填就算正常走完；填写后算中途退出，报表里按原因统计。',
      en: 'Empty: the journey is completed. Filled in: she left, and reports count by reason.',
    },
    widget: 'text',
  }),
});

type Config = z.infer<typeof config>;

export const exit = defineNode<Config>({
  kind: 'exit',
  version: 1,
  upgrades: {},
  config,
  defaults: {},
  outlets: () => [],
  face: {
    group: 'flow',
    icon: 'LogoutOutlined',
    title: { zh: '结束', en: 'Exit' },
    summary: (c, language) => c.reason || (language === 'zh' ? '旅程走完' : 'Journey completed'),
    keywords: ['退出', '完成', '终点', 'end', 'stop', 'leave'],
  },
  samples: samples<Config>(done, left),
  needs: [],
  decide: (c) => ({
    type: 'go',
    outlet: '',
    effects: [{ type: 'end', outcome: c.reason ? 'exit' : 'completed', reason: c.reason || 'completed' }],
  }),
  lower: (_c, build) => build.end(),
});
