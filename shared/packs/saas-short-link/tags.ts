import type { Condition } from '../../rules/index.ts';
import type { PackRules, TagDefinition } from '../../tags/index.ts';

const CREATED = 'Short Link Created';
const ANALYTICS = ['analytics', 'statistics', '数据分析', '统计'];

/** S45: where she is in her life with us; of these the highest that holds. 流失 is a longer silence than 沉默. */
const phase = (key: string, en: string, purpose: TagDefinition['purpose'], when: Condition): TagDefinition => ({
  key: `生命周期-${key}`,
  name: { zh: `生命周期：${key}`, en: `Phase: ${en}` },
  category: 'value',
  group: 'phase',
  purpose,
  when,
});

const USES = { event: [CREATED, 'Short Link Edited', 'Statistics Viewed', 'Custom Domain Added', 'Feature Enabled'] };

/** S45: how active she is, in bands of which she has one. */
const activity = (key: string, en: string, from: number, purpose: TagDefinition['purpose']): TagDefinition => ({
  key: `活跃度-${key}`,
  name: { zh: `活跃度：${key}（30 天 ≥${from} 次）`, en: `Activity: ${en} (${from} or more in 30 days)` },
  category: 'value',
  group: 'activity',
  purpose,
  when: { did: { ...USES, within: 'P30D', count: { op: 'gte', value: from } } },
});

/** The tags of a short-link service (S35, S36, S41–S46). */
export const shortLinkRules: PackRules = {
  zone: 'Asia/Shanghai',
  groups: [
    {
      id: 'phase',
      name: { zh: '生命周期', en: 'Phase of life' },
      levels: ['生命周期-新客', '生命周期-成长', '生命周期-沉默', '生命周期-流失'],
    },
    { id: 'activity', name: { zh: '活跃度', en: 'Activity' }, levels: ['活跃度-低', '活跃度-中', '活跃度-高'] },
  ],
  tags: [
    phase('新客', 'new', { zh: '教她做第一条短链', en: 'Help her to the first link' }, { did: USES }),
    phase(
      '成长',
      'growing',
      { zh: '推送进阶功能', en: 'Show what else there is' },
      { did: { ...USES, count: { op: 'gte', value: 3 } } },
    ),
    phase('沉默', 'silent', { zh: '唤醒', en: 'Wake her up' }, { silent: { ...USES, for: 'P15D' } }),
    phase(
      '流失',
      'lost',
      { zh: '挽回，或不再打扰', en: 'Win her back, or leave her in peace' },
      { silent: { ...USES, for: 'P60D' } },
    ),
    activity('低', 'low', 1, { zh: '给一个马上能用的小技巧', en: 'A small thing to try at once' }),
    activity('中', 'middle', 4, { zh: '推送下一个进阶功能', en: 'The next feature for her' }),
    activity('高', 'high', 12, { zh: '邀请内测与共创', en: 'Invite to betas and to build together' }),
    {
      key: '高价值深度使用者',
      name: { zh: '高价值深度使用者', en: 'Valuable and deep in it' },
      category: 'value',
      purpose: {
        zh: '专属服务群、进阶教程、产品共创',
        en: 'A group of her own, advanced tutorials, building the product together',
      },
      when: {
        all: [
          { streak: { event: CREATED, days: 3, total: 10 } },
          {
            did: {
              event: 'Feature Enabled',
              where: [{ path: 'properties.feature', op: 'in', value: ANALYTICS }],
            },
          },
        ],
      },
    },
    {
      key: '创建过短链',
      name: { zh: '创建过短链', en: 'Has made a link' },
      category: 'behaviour',
      purpose: { zh: '没有的人：教她做第一条', en: 'Who has not: show how to make the first' },
      sticky: true,
      when: { did: { event: CREATED } },
    },
    {
      key: '使用自定义域名',
      name: { zh: '使用自定义域名', en: 'Uses a domain of her own' },
      category: 'behaviour',
      purpose: { zh: '推送品牌短链教程', en: 'Tutorials on branded links' },
      sticky: true,
      when: { did: { event: 'Custom Domain Added' } },
    },
    {
      key: '开启数据分析',
      name: { zh: '开启数据分析', en: 'Uses analytics' },
      category: 'behaviour',
      purpose: { zh: '展示数据价值，引导升级', en: 'Show what the numbers are worth, lead to an upgrade' },
      sticky: true,
      when: {
        did: {
          event: 'Feature Enabled',
          where: [{ path: 'properties.feature', op: 'in', value: ANALYTICS }],
        },
      },
    },
    {
      key: '频繁更换链接',
      name: { zh: '7 天内改链接 ≥3 次', en: 'Changed links 3 times in 7 days' },
      category: 'need',
      purpose: { zh: '介绍可改目标的活链接', en: 'Tell her of links whose target can change' },
      when: { did: { event: 'Short Link Edited', within: 'P7D', count: { op: 'gte', value: 3 } } },
    },
    {
      key: '关注推广效果',
      name: { zh: '30 天内看统计 ≥3 次', en: 'Looked at statistics 3 times in 30 days' },
      category: 'need',
      purpose: { zh: '推送《如何用短链提升传播效率》', en: 'The course on spreading links well' },
      when: { did: { event: 'Statistics Viewed', within: 'P30D', count: { op: 'gte', value: 3 } } },
    },
    {
      key: '潜力高活用户',
      name: { zh: '潜力高活用户', en: 'Promising user' },
      category: 'value',
      purpose: {
        zh: '第 5 条短链：感谢信、徽章、课程与联盟邀请',
        en: 'Fifth link: letter of thanks, badge, course and invitation',
      },
      sticky: true,
      when: { nth: { event: CREATED, n: 5 } },
    },
    {
      key: '短链场景',
      name: { zh: '使用场景', en: 'Where links are used' },
      category: 'scene',
      purpose: { zh: '按公众号推文、社群、落地页给出范例', en: 'Examples for articles, communities, landing pages' },
      family: { by: 'properties.scene', bound: 5 },
      when: { did: { event: CREATED } },
    },
  ],
};
