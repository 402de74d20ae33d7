import type { TemplateKind } from './template-kind.ts';

/** developer.work.weixin.qq.com/document/path/95094 (add_moment_task). */
export const moments: TemplateKind = {
  id: 'moments',
  label: { zh: '朋友圈', en: 'Moments' },
  limits: { bytes: 4000, characters: 2000 },
  attachments: {
    zh: '9 张图片，或 1 个视频（10 MB、30 秒），或 1 个链接',
    en: '9 pictures, or one film (10 MB, 30 s), or one link',
  },
  frequency: { zh: '每位客户每天看到 1 条（按惯例）', en: 'one a day for each customer (as a rule)' },
  perCustomer: false,
};
