/** Where lints draw the line. The numbers are those of the catalogue; whoever runs lints may bring others. */
export interface LintLimits {
  readonly tags: { readonly warn: number; readonly error: number };
  readonly groups: { readonly warn: number; readonly error: number };
  /** Values of one family, among all customers. */
  readonly familyValues: number;
  /** A tag that nobody got for so many days is asked about. */
  readonly staleDays: number;
  /** Dimensions in use, both included. */
  readonly dimensions: { readonly least: number; readonly most: number };
  /** An audience of more than this share of all customers is no audience. */
  readonly nearlyAll: number;
  /** Words in a tag's name that need a number behind them; those of letters as whole words, in lower case. */
  readonly vague: readonly string[];
  /** Tags whose holders are served in person, where the ruleset has them. */
  readonly personal: readonly string[];
  /** Names of the tag of those who are new; it must be the lowest level of a group. */
  readonly newcomer: readonly string[];
  /** Words for newcomers in a message, and words for something given: both together are an offer for the new. */
  readonly newcomerWords: readonly string[];
  readonly offerWords: readonly string[];
  /** Words that press somebody to buy. */
  readonly pressingWords: readonly string[];
  /** Texts that are alike to more than this share are the same text. */
  readonly alike: number;
}

export const DEFAULT_LIMITS: LintLimits = {
  tags: { warn: 50, error: 300 },
  groups: { warn: 8, error: 20 },
  familyValues: 200,
  staleDays: 90,
  nearlyAll: 0.9,
  dimensions: { least: 5, most: 8 },
  vague: ['高', '较', '很', '经常', '喜欢', '频繁', 'high', 'very', 'often', 'frequent', 'likes', 'loves', 'active'],
  personal: ['VIP', '高客单'],
  newcomer: ['新客', '新用户', 'new customer', 'new user', 'newcomer'],
  newcomerWords: ['新人', '新客', '首单', '新用户', 'new customer', 'newcomer', 'first order', 'welcome gift'],
  pressingWords: [
    '秒杀',
    '抢购',
    '速抢',
    '手慢无',
    '赶紧下单',
    '立即购买',
    '马上下单',
    '最后一天',
    '最后机会',
    'buy now',
    'order now',
    'hurry up',
    'last chance',
    'act now',
    'while stocks last',
  ],
  alike: 0.9,
  offerWords: ['券', '礼', '福利', '优惠', '立减', '折', 'coupon', 'voucher', 'gift', 'discount', '% off', 'free'],
};
