import { type Pack, packJourneys } from '../pack.ts';
import shortLinkFifth from './journeys/short-link-fifth.json' with { type: 'json' };
import { shortLinkRules } from './tags.ts';

export const saasShortLink: Pack = {
  id: 'saas-short-link',
  name: { zh: '短链 SaaS', en: 'Short-link service' },
  description: {
    zh: '按使用深度打标签；第 5 条短链触发感谢信、课程与联盟邀请。',
    en: 'Tags by depth of use; the fifth link brings a letter of thanks, a course and an invitation.',
  },
  version: 3,
  rules: shortLinkRules,
  journeys: packJourneys(shortLinkFifth),
};
