import type { PackRules } from '../../tags/index.ts';

const CREATED = 'Short Link Created';

/** The tags of a short-link service (S36, S41–S46). Lists of three days running (S35) come with their operator. */
export const shortLinkRules: PackRules = {
  zone: 'Asia/Shanghai',
  groups: [],
  tags: [
    {
      key: '创建过短链',
      name: { zh: '创建过短链', en: 'Has made a link' },
      category: 'behaviour',
      purpose: { zh: '没有的人：教她做第一条', en: 'Who has not: show how to make the first' },
      when: { did: { event: CREATED } },
    },
    {
      key: '使用自定义域名',
      name: { zh: '使用自定义域名', en: 'Uses a domain of her own' },
      category: 'behaviour',
      purpose: { zh: '推送品牌短链教程', en: 'Tutorials on branded links' },
      when: { did: { event: 'Custom Domain Added' } },
    },
    {
      key: '开启数据分析',
      name: { zh: '开启数据分析', en: 'Uses analytics' },
      category: 'behaviour',
      purpose: { zh: '展示数据价值，引导升级', en: 'Show what the numbers are worth, lead to an upgrade' },
      when: {
        did: {
          event: 'Feature Enabled',
          where: [{ path: 'properties.feature', op: 'in', value: ['analytics', 'statistics', '数据分析', '统计'] }],
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
