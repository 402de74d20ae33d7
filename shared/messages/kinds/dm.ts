import type { TemplateKind } from './template-kind.ts';

/** developer.work.weixin.qq.com/document/path/92135 (single), as of 2025-11. */
export const dm: TemplateKind = {
  id: 'dm',
  label: { zh: '私信', en: 'Private message' },
  limits: { bytes: 4000 },
  attachments: { zh: '最多 9 个附件', en: 'at most 9 attachments' },
  frequency: { zh: '每位客户每天 1 条（默认）', en: 'one a day for each customer (the default)' },
  perCustomer: true,
};
