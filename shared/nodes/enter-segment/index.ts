import { z } from 'zod';
import { field } from '../../form/fields.ts';
import type { Trigger } from '../../journey/triggers/index.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import becameProspect from './samples/became-prospect.json' with { type: 'json' };
import noLongerDormant from './samples/no-longer-dormant.json' with { type: 'json' };

const config = z.strictObject({
  op: field(z.enum(['entered', 'left']), {
    label: { zh: '时机', en: 'When' },
    widget: 'choice',
    options: [
      { value: 'entered', label: { zh: '进入人群时', en: 'She enters it' } },
      { value: 'left', label: { zh: '离开人群时', en: 'She leaves it' } },
    ],
  }),
  segment: field(z.string().min(1).max(100), { label: { zh: '人群', en: 'Segment' }, widget: 'segment' }),
});

type Config = z.infer<typeof config>;

export const enterSegment = defineNode<Config>({
  kind: 'enter-segment',
  version: 1,
  upgrades: {},
  config,
  defaults: { op: 'entered', segment: 'new-customers' },
  outlets: () => [{ id: 'next', label: { zh: '进入', en: 'Enters' } }],
  face: {
    group: 'enter',
    icon: 'TeamOutlined',
    title: { zh: '人群进入', en: 'Enter on segment' },
    summary: (c, language, names) =>
      language === 'zh'
        ? `${c.op === 'entered' ? '进入' : '离开'}人群「${names.segment(c.segment).zh}」时`
        : `when she ${c.op === 'entered' ? 'enters' : 'leaves'} “${names.segment(c.segment).en}”`,
    keywords: ['入口', '触发', '开始', '分群', 'trigger', 'start', 'audience', 'group'],
  },
  samples: samples<Config>(becameProspect, noLongerDormant),
  needs: [],
  mentions: (c) => ({ segments: [c.segment] }),
  entry: (c): Trigger => ({ type: c.op === 'entered' ? 'segmentEntered' : 'segmentLeft', segment: c.segment }),
});
