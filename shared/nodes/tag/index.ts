import { z } from 'zod';
import { field } from '../../form/fields.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import badge from './samples/add-badge.json' with { type: 'json' };
import remove from './samples/remove-two.json' with { type: 'json' };

const config = z.strictObject({
  op: field(z.enum(['add', 'remove']), {
    label: { zh: '动作', en: 'Action' },
    widget: 'choice',
    options: [
      { value: 'add', label: { zh: '打上', en: 'Add' } },
      { value: 'remove', label: { zh: '去掉', en: 'Remove' } },
    ],
  }),
  keys: field(z.array(z.string().min(1).max(200)).min(1).max(10), {
    label: { zh: '标签', en: 'Tags' },
    help: {
      zh: '由规则自动维护的标签，下一次计算时以规则为准。',
      en: 'A tag kept by a rule follows the rule again the next time it is computed.',
    },
    widget: 'tags',
  }),
});

type Config = z.infer<typeof config>;

export const tag = defineNode<Config>({
  kind: 'tag',
  version: 1,
  upgrades: {},
  config,
  defaults: { op: 'add', keys: ['新标签'] },
  defaultsEn: { op: 'add', keys: ['new-tag'] },
  outlets: () => [{ id: 'next', label: { zh: '然后', en: 'Then' } }],
  face: {
    group: 'customer',
    icon: 'TagsOutlined',
    title: { zh: '标签', en: 'Tag' },
    summary: (c, language, names) => {
      const keys = c.keys.map((key) => names.tag(key)[language]);
      return language === 'zh'
        ? `${c.op === 'add' ? '打上' : '去掉'} ${keys.join('、')}`
        : `${c.op === 'add' ? 'Add' : 'Remove'} ${keys.join(', ')}`;
    },
    keywords: ['打标', '去标', 'label'],
  },
  samples: samples<Config>(badge, remove),
  needs: ['facts', 'tag'],
  mentions: (c) => ({ tags: c.keys, ...(c.op === 'add' && { gives: c.keys }) }),
  decide: (c) => ({ type: 'go', outlet: 'next', effects: c.keys.map((key) => ({ type: 'tag', op: c.op, key })) }),
  lower: (_c, build) => build.perform(),
});
