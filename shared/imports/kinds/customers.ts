import { contentId, frame, isRepeated, MAX_TEXT, readList } from '../cells.ts';
import { IDENTITY, IDENTITY_FIELDS, identityOf, keyOf, phoneNumber } from '../identity.ts';
import type { ImportContext, ImportKind, ImportMessage, Outcome, Row, RowProblem } from '../import-kind.ts';
import { badTime, noCustomer, tooLong, unknownTags } from '../problems.ts';
import { readDay, readWhen } from '../when.ts';

/**
 * A list of customers: each row is what is known of one, as traits, with the tags that it has been given by hand (the
 * 备注 and 标签 of a personal WeChat, the export of WeCom). When she was added, and through what, is the event that rules
 * of a live system listen to (`Contact Added`), so the same rules hold for both.
 */
export const customers: ImportKind = {
  id: 'customers',
  name: { zh: '客户', en: 'Customers' },
  help: {
    zh: '每行一位客户：属性、备注、标签。个人微信导出的「微信号 备注 标签」也在这里导入。',
    en: 'A customer a row: traits, remark, tags. Lists from a personal WeChat (id, remark, tags) come in here, too.',
  },
  own: { zh: '客户属性（用列名）', en: 'Trait, by its heading' },
  needs: [IDENTITY],
  fields: [
    ...IDENTITY_FIELDS,
    {
      id: 'name',
      name: { zh: '姓名', en: 'Name' },
      headings: ['姓名', '客户姓名', '客户名称', '名称', '真实姓名', 'name', 'fullname', 'customername'],
    },
    {
      id: 'nickname',
      name: { zh: '昵称', en: 'Nickname' },
      headings: ['昵称', '微信昵称', '微信名', 'nickname', 'nick'],
    },
    {
      id: 'remark',
      name: { zh: '备注', en: 'Remark' },
      headings: ['备注', '备注名', '客户备注', '备注信息', 'remark', 'note', 'alias'],
    },
    {
      id: 'tags',
      name: { zh: '标签', en: 'Tags' },
      headings: ['标签', '客户标签', '企业标签', '个人标签', '用户标签', 'tags', 'tag', 'labels', 'label'],
    },
    { id: 'gender', name: { zh: '性别', en: 'Gender' }, headings: ['性别', 'gender', 'sex'] },
    {
      id: 'birthday',
      name: { zh: '生日', en: 'Birthday' },
      headings: ['生日', '出生日期', 'birthday', 'birthdate', 'dateofbirth', 'dob'],
    },
    { id: 'age', name: { zh: '年龄', en: 'Age' }, headings: ['年龄', 'age'] },
    { id: 'province', name: { zh: '省', en: 'Province' }, headings: ['省', '省份', 'province', 'state', 'region'] },
    { id: 'city', name: { zh: '城市', en: 'City' }, headings: ['城市', '市', '所在城市', 'city'] },
    { id: 'district', name: { zh: '区县', en: 'District' }, headings: ['区', '区县', '县', 'district', 'county'] },
    { id: 'occupation', name: { zh: '职业', en: 'Occupation' }, headings: ['职业', 'occupation', 'job', 'profession'] },
    {
      id: 'channel',
      name: { zh: '加入渠道', en: 'Channel' },
      headings: ['加入渠道', '渠道', '来源', '添加渠道', '客户来源', '添加方式', 'channel', 'source'],
    },
    {
      id: 'joined',
      name: { zh: '添加时间', en: 'Added at' },
      headings: [
        '添加时间',
        '加入时间',
        '添加好友时间',
        '注册时间',
        '创建时间',
        'addedat',
        'joinedat',
        'joined',
        'createdat',
        'created_at',
        'signupdate',
      ],
    },
    {
      id: 'member',
      name: { zh: '添加人', en: 'Added by' },
      headings: ['添加人', '跟进人', '所属员工', '归属员工', '员工', 'addedby', 'owner', 'member'],
    },
  ],
  read: (context) => ({ take: (row) => [readRow(row, context)], finish: () => [] }),
};

/** Fields that are traits as they stand. */
const TRAITS = ['nickname', 'remark', 'age', 'province', 'city', 'district', 'occupation'];

function readRow(row: Row, context: ImportContext): Outcome {
  const { line, cells, extra } = row;
  const lines = [line];
  const who = identityOf(row);
  const problems: RowProblem[] = who === undefined ? [noCustomer(line)] : [];
  for (const [field, text] of Object.entries({ ...cells, ...extra })) {
    if (text.length > MAX_TEXT) problems.push(tooLong(line, field, MAX_TEXT));
  }
  const timeIn = (field: string, read: typeof readWhen): string | undefined => {
    const text = cells[field];
    if (text === undefined) return undefined;
    const when = read(text, context.zone, context.asOf);
    if (when.ok) return when.at;
    problems.push(badTime(line, field, text, when.why));
    return undefined;
  };
  const joined = timeIn('joined', readWhen);
  const birthday = timeIn('birthday', readDay);
  const names = readList(cells['tags'] ?? '');
  const unknown = names.filter((name) => context.tagKey(name) === undefined);
  if (unknown.length > 0) problems.push(unknownTags(line, 'tags', unknown));
  if (who === undefined || problems.length > 0) return { lines, problems };

  const tags = [...new Set(names.flatMap((name) => context.tagKey(name) ?? []))];
  const plain = Object.fromEntries(
    TRAITS.flatMap((field) => (cells[field] === undefined ? [] : [[field, cells[field]]])),
  );
  const traits: Record<string, unknown> = {
    ...extra,
    ...plain,
    ...((cells['name'] ?? cells['remark'] ?? cells['nickname'])
      ? { name: cells['name'] ?? cells['remark'] ?? cells['nickname'] }
      : {}),
    ...(cells['gender'] === undefined ? {} : { gender: genderOf(cells['gender']) }),
    ...(cells['phone'] === undefined ? {} : { phone: phoneNumber(cells['phone']) ?? cells['phone'] }),
    ...(cells['email'] === undefined ? {} : { email: cells['email'].toLowerCase() }),
    ...(cells['wechat'] === undefined ? {} : { wechat: cells['wechat'] }),
    ...(birthday === undefined ? {} : { birthday }),
    ...(joined === undefined ? {} : { createdAt: joined }),
  };
  const rest = frame(who, context);
  // Told with the moment at which she was added, where that is known.
  const came = joined === undefined ? cells['channel'] : undefined;
  const identify: ImportMessage = {
    message: {
      ...rest,
      type: 'identify',
      messageId: contentId('customer', [who, traits, tags, ...(came === undefined ? [] : [came])]),
      timestamp: context.asOf,
      traits,
      ...(came !== undefined && { properties: { channel: came } }),
    },
    ...(tags.length === 0 ? {} : { tags }),
  };
  if (isRepeated(identify, context)) return { lines, repeated: true };
  if (joined === undefined) return { lines, messages: [identify] };
  const properties = {
    ...(cells['channel'] === undefined ? {} : { channel: cells['channel'] }),
    ...(cells['member'] === undefined ? {} : { member: cells['member'] }),
  };
  const added: ImportMessage = {
    message: {
      ...rest,
      type: 'track',
      event: 'Contact Added',
      messageId: contentId('added', [keyOf(who), joined]),
      timestamp: joined,
      properties,
    },
  };
  return { lines, messages: [added, identify] };
}

const GENDERS: Readonly<Record<string, string>> = {
  男: 'male',
  男性: 'male',
  m: 'male',
  先生: 'male',
  1: 'male',
  女: 'female',
  女性: 'female',
  f: 'female',
  女士: 'female',
  2: 'female',
  未知: 'unknown',
  0: 'unknown',
};
const genderOf = (text: string): string => GENDERS[text.toLowerCase()] ?? text.toLowerCase();
