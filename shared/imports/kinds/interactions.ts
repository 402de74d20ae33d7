import { contentId, frame, isRepeated, MAX_TEXT, readNumber } from '../cells.ts';
import { IDENTITY, IDENTITY_FIELDS, identityOf, keyOf } from '../identity.ts';
import type { ImportContext, ImportKind, ImportMessage, Outcome, Row, RowProblem } from '../import-kind.ts';
import { badNumber, badTime, missing, noCustomer, tooLong } from '../problems.ts';
import { readWhen } from '../when.ts';

/** What customers did, a line each: 点赞, 评论, 咨询, or any name of an event. */
export const interactions: ImportKind = {
  id: 'interactions',
  name: { zh: '互动记录', en: 'Interactions' },
  help: {
    zh: '每行一次行为：谁、什么时候、做了什么（点赞、评论、咨询、浏览……）。',
    en: 'What a customer did, a row each: who, when, what (liked, commented, asked, looked at …).',
  },
  own: { zh: '行为属性（用列名）', en: 'Property, by its heading' },
  needs: [IDENTITY, ['event'], ['time']],
  fields: [
    {
      id: 'event',
      name: { zh: '行为', en: 'What' },
      headings: [
        '行为',
        '互动类型',
        '类型',
        '事件',
        '动作',
        '行为类型',
        '事件类型',
        '操作',
        '互动',
        'event',
        'action',
        'type',
        'activity',
        'eventname',
      ],
    },
    {
      id: 'time',
      name: { zh: '时间', en: 'When' },
      headings: [
        '时间',
        '互动时间',
        '发生时间',
        '行为时间',
        '日期',
        '事件时间',
        'time',
        'date',
        'timestamp',
        'occurredat',
        'happenedat',
        'at',
      ],
    },
    ...IDENTITY_FIELDS,
    {
      id: 'product_id',
      name: { zh: '商品编码', en: 'Product id' },
      headings: ['商品编码', '商品id', 'sku', 'productid', 'product_id'],
    },
    {
      id: 'product',
      name: { zh: '商品', en: 'Product' },
      headings: ['商品', '商品名称', '产品', 'product', 'productname'],
    },
    { id: 'category', name: { zh: '类目', en: 'Category' }, headings: ['类目', '品类', '分类', 'category'] },
    {
      id: 'topic',
      name: { zh: '内容', en: 'Topic' },
      headings: ['内容', '咨询内容', '主题', '话题', '文章', 'topic', 'content', 'subject', 'title'],
    },
    {
      id: 'dwell',
      name: { zh: '停留秒数', en: 'Seconds' },
      headings: ['停留时长', '停留秒数', '停留时间', '时长', 'dwell', 'dwells', 'dwell_s', 'seconds', 'duration'],
    },
    { id: 'channel', name: { zh: '渠道', en: 'Channel' }, headings: ['渠道', '来源', 'channel', 'source'] },
  ],
  read: (context) => ({ take: (row) => [readRow(row, context)], finish: () => [] }),
};

/** The names that the starter packs listen to (docs/events.md), by what people call them. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(点赞|赞|like|liked)$/i, 'Content Liked'],
  [/^(评论|留言|comment|commented)$/i, 'Content Commented'],
  [/^(转发|分享|share|shared)$/i, 'Content Shared'],
  [/^(私信|消息|发消息|聊天|message)$/i, 'Message Received'],
  [/^(咨询|询价|咨询价格|询问|consult|consultation|inquiry)$/i, 'Consultation Started'],
  [/^(浏览|查看|浏览商品|view|viewed|productview)$/i, 'Product Viewed'],
  [/^(点击|点击链接|click|clicked)$/i, 'Link Clicked'],
  [/^(加购|加入购物车|addtocart)$/i, 'Product Added'],
  [/^(添加|添加好友|加好友|加微信|added)$/i, 'Contact Added'],
  [/^(删除|删除好友|deleted)$/i, 'Contact Deleted'],
  [/^(入群|进群|加群|joingroup)$/i, 'Group Joined'],
  [/^(退群|离群|leavegroup)$/i, 'Group Left'],
  [/^(推荐|转介绍|老带新|推荐新客|referral)$/i, 'Referral Completed'],
];

function readRow(row: Row, context: ImportContext): Outcome {
  const { line, cells, extra } = row;
  const lines = [line];
  const problems: RowProblem[] = [];
  const who = identityOf(row);
  if (who === undefined) problems.push(noCustomer(line));
  for (const field of ['event', 'time']) if (cells[field] === undefined) problems.push(missing(line, field));
  const when = cells['time'] === undefined ? undefined : readWhen(cells['time'], context.zone, context.asOf);
  if (when?.ok === false) problems.push(badTime(line, 'time', cells['time']!, when.why));
  const dwell = cells['dwell'] === undefined ? undefined : readNumber(cells['dwell']);
  if (cells['dwell'] !== undefined && dwell === undefined) problems.push(badNumber(line, 'dwell', cells['dwell']));
  const said = cells['event'] ?? '';
  if (said.length > 256) problems.push(tooLong(line, 'event', 256));
  for (const [field, text] of Object.entries({ ...cells, ...extra })) {
    if (text.length > MAX_TEXT) problems.push(tooLong(line, field, MAX_TEXT));
  }
  if (problems.length > 0 || who === undefined || !when?.ok) return { lines, problems };
  const event = NAMES.find(([word]) => word.test(said.replace(/\s/g, '')))?.[1] ?? said;
  const { product_id, product, category, topic, channel } = cells;
  const properties = Object.fromEntries(
    Object.entries({
      ...extra,
      product_id: product_id ?? product,
      product_name: product,
      category,
      topic,
      channel,
      dwell_s: dwell,
    }).filter(([, value]) => value !== undefined),
  );
  const message: ImportMessage = {
    message: {
      ...frame(who, context),
      type: 'track',
      event,
      messageId: contentId('interaction', [keyOf(who), when.at, event, properties]),
      timestamp: when.at,
      properties,
    },
  };
  return isRepeated(message, context) ? { lines, repeated: true } : { lines, messages: [message] };
}
