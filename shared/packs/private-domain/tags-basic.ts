import type { TagDefinition } from '../../tags/index.ts';
import { NOT_HER_DOING, TOUCHES } from './tags-vocabulary.ts';

const category = 'basic';

/** The ways she may have come; the first one that is known counts (S12). */
const CHANNELS = {
  公众号: ['公众号引流', '公众号', 'official_account', 'wechat'],
  直播: ['直播添加', '直播', 'live'],
  门店: ['线下到店', '门店', 'store'],
  推荐: ['老客推荐', '推荐', 'referral'],
};
const KNOWN = Object.values(CHANNELS).flat();

const channel = (way: keyof typeof CHANNELS, en: string): TagDefinition => ({
  key: `渠道-${way}`,
  name: { zh: `渠道-${way}`, en },
  category,
  purpose: {
    zh: '按来路写欢迎语；以第一次为准，以后不改',
    en: 'Welcome her by the way she came; set once, never overwritten',
  },
  // Also so that who got hers by the rule before keeps it when the pack is updated.
  sticky: true,
  when: {
    first: {
      event: TOUCHES,
      where: [{ path: 'properties.channel', op: 'in', value: KNOWN }],
      is: [{ path: 'properties.channel', op: 'in', value: CHANNELS[way] }],
    },
  },
});

const age = (key: string, en: string, from: number): TagDefinition => ({
  key,
  name: { zh: key, en },
  category,
  group: 'age',
  purpose: { zh: '按年龄段选款式与语气', en: 'Choose products and tone by age' },
  // By the date of birth it moves on by itself; an age that was only told does not.
  when: { any: [{ age: { from } }, { age: { from, path: 'age' } }] },
});

const gender = (key: string, en: string, values: readonly (string | number)[]): TagDefinition => ({
  key,
  name: { zh: key, en },
  category,
  group: 'gender',
  purpose: { zh: '称呼与选品', en: 'Form of address, and what to show' },
  when: { trait: { path: 'gender', op: 'in', value: values } },
});

/** S7–S12. */
export const basicTags: readonly TagDefinition[] = [
  gender('男性', 'Male', ['male', 'm', '男', '1']),
  gender('女性', 'Female', ['female', 'f', '女', '2']),
  age('18-24岁', 'Aged 18 to 24', 18),
  age('25-34岁', 'Aged 25 to 34', 25),
  age('35-44岁', 'Aged 35 to 44', 35),
  age('45岁以上', 'Aged 45 or more', 45),
  {
    key: '一线城市',
    name: { zh: '一线城市', en: 'Big city' },
    category,
    purpose: { zh: '同城活动与次日达', en: 'Local events and next-day delivery' },
    // At whatever level it is told: 上海, 上海市, or an address.
    when: { region: { in: ['北京', '上海', '广州', '深圳'] } },
  },
  {
    key: '学生',
    name: { zh: '学生', en: 'Student' },
    category,
    purpose: { zh: '学生价与开学季', en: 'Student prices and term starts' },
    when: { trait: { path: 'occupation', op: 'in', value: ['学生', 'student'] } },
  },
  {
    key: '设备',
    name: { zh: '设备', en: 'Device' },
    category,
    purpose: {
      zh: '用她常用的入口触达：微信、企业微信或小程序',
      en: 'Reach her where she is: WeChat, WeCom or mini-program',
    },
    family: { by: 'context.channel', bound: 3 },
    when: { did: { event: '*', except: NOT_HER_DOING } },
  },
  channel('公众号', 'Came by official account'),
  channel('直播', 'Came by live stream'),
  channel('门店', 'Came by shop'),
  channel('推荐', 'Came by recommendation'),
];
