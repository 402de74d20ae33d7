import { z } from 'zod';
import { field } from '../../form/fields.ts';
import { mentionsOfTriggers } from '../../journey/mentions.ts';
import { expressionSchema, type Trigger, triggerWords } from '../../journey/triggers/index.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import midAutumn from './samples/before-mid-autumn.json' with { type: 'json' };
import holders from './samples/holders-of-a-tag.json' with { type: 'json' };
import mondays from './samples/mondays.json' with { type: 'json' };

const config = z
  .strictObject({
    on: field(expressionSchema, {
      label: { zh: '什么时候', en: 'When' },
      help: {
        zh: '按旅程的时区；没有设就按系统设置的时区。',
        en: 'By the clock of the journey’s zone; without one, of the system’s.',
      },
      widget: 'schedule',
    }),
    segment: field(z.string().min(1).max(100).optional(), {
      label: { zh: '哪个人群', en: 'Which segment' },
      help: { zh: '到点时在这个人群里的客户进入。', en: 'Who is in it at that moment comes in.' },
      widget: 'segment',
    }),
    tag: field(z.string().min(1).max(200).optional(), {
      label: { zh: '或有哪个标签', en: 'Or which tag' },
      help: { zh: '人群和标签只选一个。', en: 'Either a segment or a tag.' },
      widget: 'tag',
    }),
  })
  .refine((c) => (c.segment === undefined) !== (c.tag === undefined), {
    path: ['segment'],
    params: {
      message: {
        zh: '还没有说哪些客户进入，或者人群和标签都选了。',
        en: 'It is not said who comes in, or said twice.',
      },
      next: { zh: '选一个人群，或者一个标签。', en: 'Choose either a segment or a tag.' },
    },
  });

type Config = z.infer<typeof config>;

const trigger = ({ on, segment, tag }: Config): Trigger => ({
  type: 'schedule',
  on,
  ...(segment !== undefined && { segment }),
  ...(tag !== undefined && { tag }),
});

export const enterSchedule = defineNode<Config>({
  kind: 'enter-schedule',
  version: 1,
  upgrades: {},
  config,
  defaults: { on: 'cron(0 10 ? * MON *)', segment: 'regulars' },
  outlets: () => [{ id: 'next', label: { zh: '进入', en: 'Enters' } }],
  face: {
    group: 'enter',
    icon: 'CalendarOutlined',
    title: { zh: '定时进入', en: 'Enter on schedule' },
    summary: (c, language, names) => triggerWords(trigger(c), names)[language],
    keywords: [
      '入口',
      '触发',
      '开始',
      '定时',
      '每周',
      '每天',
      '节日',
      '春节',
      '中秋',
      '农历',
      'festival',
      'holiday',
      'lunar',
      'trigger',
      'start',
      'cron',
      'schedule',
      'weekly',
    ],
  },
  samples: samples<Config>(mondays, holders, midAutumn),
  needs: [],
  mentions: (c) => mentionsOfTriggers([trigger(c)]),
  entry: trigger,
});
