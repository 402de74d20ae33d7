import { z } from 'zod';
import { field } from '../../form/fields.ts';
import type { Trigger } from '../../journey/triggers/index.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import fellSilent from './samples/fell-silent.json' with { type: 'json' };
import lostVip from './samples/lost-vip.json' with { type: 'json' };

const config = z.strictObject({
  op: field(z.enum(['added', 'removed']), {
    label: { zh: '时机', en: 'When' },
    widget: 'choice',
    options: [
      { value: 'added', label: { zh: '打上标签时', en: 'The tag is added' } },
      { value: 'removed', label: { zh: '去掉标签时', en: 'The tag is removed' } },
    ],
  }),
  key: field(z.string().min(1).max(200), { label: { zh: '标签', en: 'Tag' }, widget: 'tag' }),
});

type Config = z.infer<typeof config>;

export const enterTag = defineNode<Config>({
  kind: 'enter-tag',
  version: 1,
  upgrades: {},
  config,
  defaults: { op: 'added', key: '新客' },
  outlets: () => [{ id: 'next', label: { zh: '进入', en: 'Enters' } }],
  face: {
    group: 'enter',
    icon: 'TagOutlined',
    title: { zh: '标签进入', en: 'Enter on tag' },
    summary: (c, language, names) =>
      language === 'zh'
        ? `${c.op === 'added' ? '打上' : '去掉'}「${names.tag(c.key).zh}」时`
        : `when “${names.tag(c.key).en}” is ${c.op}`,
    keywords: ['入口', '触发', '开始', 'trigger', 'start', 'tag'],
  },
  samples: samples<Config>(fellSilent, lostVip),
  needs: [],
  mentions: (c) => ({ tags: [c.key] }),
  entry: (c): Trigger => ({ type: c.op === 'added' ? 'tagAdded' : 'tagRemoved', key: c.key }),
});
