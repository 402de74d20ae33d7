import type { PackRules, TagDefinition } from '../../tags/index.ts';
import { customerGroups, privateDomainSegments } from './segments.ts';
import { basicTags } from './tags-basic.ts';
import { behaviourTags } from './tags-behaviour.ts';
import { needTags } from './tags-need.ts';
import { valueTags } from './tags-value.ts';
import { JOIN_GROUP, LEAVE_GROUP } from './tags-vocabulary.ts';

/** S46: where she meets us; a fifth category besides the four of every shop. */
const sceneTags: readonly TagDefinition[] = [
  {
    key: '直播间',
    name: { zh: '30 天内进过直播间', en: 'Watched live in the last 30 days' },
    category: 'scene',
    purpose: { zh: '开播提醒', en: 'Tell her when we are live' },
    when: { did: { event: 'Live Watched', within: 'P30D' } },
  },
  {
    key: '社群成员',
    name: { zh: '社群成员', en: 'Member of the community' },
    category: 'scene',
    purpose: { zh: '社群专属活动；不再发入群邀请', en: 'Community events; no more invitations to join' },
    when: { notFollowed: { event: JOIN_GROUP, by: { event: LEAVE_GROUP } } },
  },
];

/** The tags of a private-domain shop: four categories and scenes, each with a use (S4, S6). */
export const privateDomainRules: PackRules = {
  zone: 'Asia/Shanghai',
  groups: [
    { id: 'level', name: { zh: '用户等级', en: 'Level' }, levels: ['新客', '老客', '复购客', 'VIP'] },
    { id: 'basket', name: { zh: '客单价', en: 'Basket' }, levels: ['低客单', '中客单', '高客单'] },
    { id: 'age', name: { zh: '年龄段', en: 'Age' }, levels: ['18-24岁', '25-34岁', '35-44岁', '45岁以上'] },
    { id: 'gender', name: { zh: '性别', en: 'Gender' }, levels: ['男性', '女性'] },
  ],
  tags: [...basicTags, ...behaviourTags, ...needTags, ...valueTags, ...sceneTags],
  segments: privateDomainSegments,
  segmentFamilies: [customerGroups],
};
