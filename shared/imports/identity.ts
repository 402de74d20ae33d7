import type { FieldSpec, Row } from './import-kind.ts';

/** The columns by which a customer is known, in every kind of file. */
export const IDENTITY_FIELDS: readonly FieldSpec[] = [
  {
    id: 'id',
    name: { zh: '客户 ID', en: 'Customer id' },
    help: {
      zh: '您的系统里的用户编号，与事件里的 userId 相同',
      en: 'The id in your own system, the same as userId of events',
    },
    headings: [
      '客户id',
      '用户id',
      '会员id',
      '客户编号',
      '用户编号',
      '会员编号',
      '会员号',
      '会员卡号',
      'userid',
      'user_id',
      'customerid',
      'customer_id',
      'id',
      'customer',
      'memberid',
      'uid',
    ],
  },
  {
    id: 'external',
    name: { zh: '企微客户 ID', en: 'WeCom external id' },
    headings: ['externaluserid', 'external_userid', '外部联系人id', '企微客户id', '企业微信客户id'],
  },
  {
    id: 'wechat',
    name: { zh: '微信号', en: 'WeChat id' },
    headings: ['微信号', '微信id', 'wechat', 'wechatid', 'weixin', 'wxid'],
  },
  {
    id: 'phone',
    name: { zh: '手机号', en: 'Phone' },
    headings: [
      '手机号',
      '手机',
      '手机号码',
      '电话',
      '联系电话',
      '电话号码',
      '收货人手机',
      '收件人手机',
      '买家手机',
      '备注手机号',
      'phone',
      'mobile',
      'phonenumber',
      'tel',
      'telephone',
      'customerphone',
    ],
  },
  {
    id: 'email',
    name: { zh: '邮箱', en: 'E-mail' },
    headings: ['邮箱', '电子邮箱', '电子邮件', '邮件', 'email', 'e-mail', 'mail', 'emailaddress', 'customeremail'],
  },
];

export const IDENTITY = IDENTITY_FIELDS.map(({ id }) => id);

export interface Identity {
  readonly userId?: string;
  readonly anonymousId?: string;
}

/**
 * Whose row it is, by the best of what it has: your own id; else WeCom's, WeChat's, the phone, the address, each with its
 * name before it, as live events of those sources have it. Where there are two, both are given, so that they are joined.
 */
export function identityOf({ cells }: Row): Identity | undefined {
  const { id, external, wechat, phone, email } = cells;
  const number = phone === undefined ? undefined : phoneNumber(phone);
  const other =
    external !== undefined
      ? `wecom:${external}`
      : wechat !== undefined
        ? `wechat:${wechat}`
        : number !== undefined
          ? `phone:${number}`
          : email?.includes('@')
            ? `email:${email.toLowerCase()}`
            : undefined;
  if (id === undefined && other === undefined) return undefined;
  // A phone beside an id is a trait: two ids of one system may share one.
  const joined = id === undefined || external !== undefined ? other : undefined;
  return {
    ...(id === undefined ? {} : { userId: id }),
    ...(joined === undefined ? {} : { anonymousId: joined }),
  };
}

/** Digits only, with a plus before another country's code; a mainland number has none (138…). */
export function phoneNumber(text: string): string | undefined {
  const digits = text.replace(/[\s\-().（）]/g, '').replace(/^(\+|00)86/, '');
  return /^\+?\d{5,20}$/.test(digits) ? digits : undefined;
}

export const keyOf = ({ userId, anonymousId }: Identity): string => userId ?? anonymousId ?? '';
