import { z } from 'zod';
import { field } from '../../form/fields.ts';
import { STAGE_NAMES, STAGES } from '../../stages.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import engage from './samples/to-engage.json' with { type: 'json' };

const config = z.strictObject({
  stage: field(z.enum(STAGES), {
    label: { zh: '阶段', en: 'Stage' },
    widget: 'stage',
    options: STAGES.map((value) => ({ value, label: STAGE_NAMES[value] })),
  }),
});

type Config = z.infer<typeof config>;

export const stage = defineNode<Config>({
  kind: 'stage',
  version: 1,
  upgrades: {},
  config,
  defaults: { stage: 'trial' },
  outlets: () => [{ id: 'next', label: { zh: '然后', en: 'Then' } }],
  face: {
    group: 'customer',
    icon: 'RiseOutlined',
    title: { zh: '阶段', en: 'Stage' },
    summary: (c, language) =>
      language === 'zh' ? `进入「${STAGE_NAMES[c.stage].zh}」` : `Move to ${STAGE_NAMES[c.stage].en}`,
    keywords: ['生命周期', '五阶段', 'lifecycle', 'lane'],
  },
  samples: samples<Config>(engage),
  needs: ['facts', 'stage'],
  decide: (c) => ({ type: 'go', outlet: 'next', effects: [{ type: 'stage', stage: c.stage }] }),
  lower: (_c, build) => build.perform(),
});
