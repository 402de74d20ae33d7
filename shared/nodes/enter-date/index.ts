import { z } from 'zod';
import { field } from '../../form/fields.ts';
import { TRAIT_PATH, type Trigger, triggerWords } from '../../journey/triggers/index.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import renewal from './samples/before-renewal.json' with { type: 'json' };
import birthday from './samples/birthday.json' with { type: 'json' };
import lunarBirthday from './samples/lunar-birthday.json' with { type: 'json' };

const config = z.strictObject({
  trait: field(z.string().min(1).max(200).regex(TRAIT_PATH), {
    label: { zh: '哪个日期', en: 'Which date' },
    help: { zh: '客户的属性，例如 birthday。', en: 'A trait of the customer, such as birthday.' },
    widget: 'trait-name',
  }),
  when: field(z.enum(['on', 'before', 'after']), {
    label: { zh: '在', en: 'When' },
    widget: 'choice',
    options: [
      { value: 'on', label: { zh: '当天', en: 'On the day' } },
      { value: 'before', label: { zh: '之前', en: 'Before it' } },
      { value: 'after', label: { zh: '之后', en: 'After it' } },
    ],
  }),
  days: field(z.int().min(1).max(366).optional(), {
    label: { zh: '几天', en: 'How many days' },
    help: { zh: '不填是 1 天。', en: 'Empty means 1.' },
    widget: 'number',
    idle: { beside: 'when', at: 'on' },
  }),
  at: field(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/), {
    label: { zh: '几点', en: 'At' },
    help: {
      zh: '按旅程的时区；没有设就按系统设置的时区。',
      en: 'By the clock of the journey’s zone; without one, of the system’s.',
    },
    widget: 'time-of-day',
  }),
  every: field(z.enum(['year', 'once']), {
    label: { zh: '多久一次', en: 'How often' },
    widget: 'choice',
    options: [
      { value: 'year', label: { zh: '每年', en: 'Each year' } },
      { value: 'once', label: { zh: '只这一次', en: 'Once, in that year' } },
    ],
  }),
  calendar: field(z.enum(['lunar', 'lunarOf']).optional(), {
    label: { zh: '按农历', en: 'By the lunar calendar' },
    help: {
      zh: '不填就按公历。过农历生日的客户：属性里是公历生日选「换算」，本来就是农历日期选「已是农历」。闰月生的按那个月过。',
      en: 'Empty: the common calendar. For those who keep the lunar birthday: “Converted” where the trait is a date of the common calendar, “Is lunar” where it is a lunar date already. Leap months count as the month of that number.',
    },
    widget: 'choice',
    options: [
      { value: 'lunarOf', label: { zh: '公历换算成农历', en: 'Converted' } },
      { value: 'lunar', label: { zh: '已是农历', en: 'Is lunar' } },
    ],
  }),
});

type Config = z.infer<typeof config>;

const SIGN = { on: 0, before: -1, after: 1 } as const;

const trigger = ({ trait, when, days = 1, at, every, calendar }: Config): Trigger => ({
  type: 'traitDate',
  trait,
  days: when === 'on' ? 0 : SIGN[when] * days,
  at,
  every,
  ...(calendar !== undefined && { calendar }),
});

export const enterDate = defineNode<Config>({
  kind: 'enter-date',
  version: 1,
  upgrades: {},
  config,
  defaults: { trait: 'birthday', when: 'on', at: '10:00', every: 'year' },
  outlets: () => [{ id: 'next', label: { zh: '进入', en: 'Enters' } }],
  face: {
    group: 'enter',
    icon: 'GiftOutlined',
    title: { zh: '日期进入', en: 'Enter on a date' },
    summary: (c, language, names) => triggerWords(trigger(c), names)[language],
    keywords: [
      '入口',
      '触发',
      '开始',
      '生日',
      '农历',
      '续费',
      '到期',
      'trigger',
      'start',
      'birthday',
      'lunar',
      'renewal',
      'anniversary',
    ],
  },
  samples: samples<Config>(birthday, lunarBirthday, renewal),
  needs: [],
  entry: trigger,
});
