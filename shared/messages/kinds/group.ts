import type { TemplateKind } from './template-kind.ts';

/** developer.work.weixin.qq.com/document/path/92135 (group), as of 2025-11. */
export const group: TemplateKind = {
  id: 'group',
  label: { zh: '社群消息', en: 'Group message' },
  limits: { bytes: 4000 },
  attachments: { zh: '最多 9 个附件', en: 'at most 9 attachments' },
  frequency: {
    zh: '每个群每天 1 条（默认），由群主确认',
    en: 'one a day for each group (the default), confirmed by its owner',
  },
  perCustomer: false,
};
