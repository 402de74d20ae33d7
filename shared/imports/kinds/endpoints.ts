import { contentId, frame, isRepeated, MAX_TEXT } from '../cells.ts';
import { type Identity, keyOf, phoneNumber } from '../identity.ts';
import type { ImportContext, ImportKind, ImportMessage, Outcome, Row, RowProblem } from '../import-kind.ts';
import { badTime, noCustomer, tooLong } from '../problems.ts';
import { readWhen } from '../when.ts';

/**
 * Amazon Pinpoint's endpoints, as its export jobs write them (lines of JSON) and its segments were imported (CSV with the
 * same names, parted by dots). An endpoint is an address of a user; a user with several has several rows and is one
 * customer. Attributes of user and endpoint become traits under their own names; who opted out everywhere has
 * `Unsubscribed`. Names and values: https://docs.aws.amazon.com/pinpoint/latest/userguide/segments-importing.html
 */
export const endpoints: ImportKind = {
  id: 'endpoints',
  name: { zh: 'Pinpoint 终端节点', en: 'Pinpoint endpoints' },
  help: {
    zh: 'Amazon Pinpoint 导出的 endpoint，JSON 或 CSV：同一用户的几个地址合成一位客户，属性照搬，已退订的记为退订。',
    en: 'Endpoints that Amazon Pinpoint exported, JSON or CSV: the addresses of a user become one customer, attributes become traits, opt-outs are kept.',
  },
  own: { zh: '客户属性（Attributes、UserAttributes、Metrics），其余略过', en: 'Trait, if an attribute or a metric' },
  needs: [['user', 'address', 'endpoint'], ['channel']],
  fields: [
    {
      id: 'user',
      name: { zh: '用户 ID', en: 'User id' },
      help: { zh: '与事件里的 userId 相同', en: 'The same as userId of events' },
      headings: ['user.userid'],
    },
    { id: 'endpoint', name: { zh: '终端节点 ID', en: 'Endpoint id' }, headings: ['id', 'endpointid'] },
    { id: 'channel', name: { zh: '渠道类型', en: 'Channel type' }, headings: ['channeltype'] },
    { id: 'address', name: { zh: '地址', en: 'Address' }, headings: ['address'] },
    { id: 'optout', name: { zh: '退订', en: 'Opt-out' }, headings: ['optout'] },
    { id: 'effective', name: { zh: '更新时间', en: 'Effective date' }, headings: ['effectivedate'] },
    { id: 'status', name: { zh: '状态', en: 'Status' }, headings: ['endpointstatus'] },
    { id: 'city', name: { zh: '城市', en: 'City' }, headings: ['location.city'] },
    { id: 'region', name: { zh: '省/州', en: 'Region' }, headings: ['location.region'] },
    { id: 'country', name: { zh: '国家', en: 'Country' }, headings: ['location.country'] },
    { id: 'postalCode', name: { zh: '邮编', en: 'Postal code' }, headings: ['location.postalcode'] },
    { id: 'timezone', name: { zh: '时区', en: 'Time zone' }, headings: ['demographic.timezone'] },
    { id: 'locale', name: { zh: '语言', en: 'Locale' }, headings: ['demographic.locale'] },
  ],
  read: (context) => ({ take: (row) => [readRow(row, context)], finish: () => [] }),
};

const PLAIN = ['city', 'region', 'country', 'postalCode', 'timezone', 'locale'];
/** What a column of Pinpoint's own names becomes: a trait under the attribute's name. The rest tells of devices and requests. */
const ATTRIBUTE = /^(?:User\.UserAttributes|Attributes|Metrics)\.(.+)$/i;

function readRow(row: Row, context: ImportContext): Outcome {
  const { line, cells, extra } = row;
  const lines = [line];
  const channel = cells['channel']?.toUpperCase();
  const address = addressOf(channel, cells['address']);
  const who = identityOf(cells, address);
  const problems: RowProblem[] = who === undefined ? [noCustomer(line)] : [];
  for (const [field, text] of Object.entries({ ...cells, ...extra })) {
    if (text.length > MAX_TEXT) problems.push(tooLong(line, field, MAX_TEXT));
  }
  const effective = cells['effective'];
  const when = effective === undefined ? undefined : readWhen(effective, context.zone, context.asOf);
  if (when?.ok === false) problems.push(badTime(line, 'effective', effective ?? '', when.why));
  if (who === undefined || problems.length > 0) return { lines, problems };

  const attributes = Object.entries(extra).flatMap(([heading, text]) => {
    const name = ATTRIBUTE.exec(heading)?.[1];
    return name === undefined ? [] : [[name, attributeOf(heading, text)] as const];
  });
  const traits = {
    ...named(attributes),
    ...Object.fromEntries(attributes),
    ...Object.fromEntries(PLAIN.flatMap((field) => (cells[field] === undefined ? [] : [[field, cells[field]]]))),
    // Pinpoint had given up an inactive address: it bounced, or its owner complained.
    ...(cells['status']?.toUpperCase() === 'INACTIVE' ? {} : address),
  };
  const at = when?.ok ? when.at : context.asOf;
  const rest = frame(who, context);
  const identify: ImportMessage = {
    message: { ...rest, type: 'identify', messageId: contentId('endpoint', [who, traits, at]), timestamp: at, traits },
  };
  const unsubscribed: ImportMessage = {
    message: {
      ...rest,
      type: 'track',
      event: 'Unsubscribed',
      messageId: contentId('opt-out', [keyOf(who), channel, cells['address'], at]),
      timestamp: at,
      properties: channel === undefined ? {} : { channel: channel.toLowerCase() },
    },
  };
  const told = cells['optout']?.toUpperCase() === 'ALL' ? [identify, unsubscribed] : [identify];
  const messages = told.filter((one) => !isRepeated(one, context));
  return messages.length === 0 ? { lines, repeated: true } : { lines, messages };
}

/** E-mail address or phone as a trait; a push token is none: it belongs to Pinpoint's app. */
function addressOf(channel: string | undefined, address: string | undefined): { email?: string; phone?: string } {
  if (address === undefined) return {};
  if (channel === 'EMAIL') return { email: address.toLowerCase() };
  return channel === 'SMS' || channel === 'VOICE' ? { phone: phoneNumber(address) ?? address } : {};
}

/** The user; who is none, by the address, as other files and live events have her; by the endpoint where that is a device. */
function identityOf(
  { user, endpoint }: Row['cells'],
  { email, phone }: ReturnType<typeof addressOf>,
): Identity | undefined {
  if (user !== undefined) return { userId: user };
  const id =
    email !== undefined
      ? `email:${email}`
      : phone !== undefined
        ? `phone:${phone}`
        : endpoint === undefined
          ? undefined
          : `pinpoint:${endpoint}`;
  return id === undefined ? undefined : { anonymousId: id };
}

/** Lists and messages call her by `name`; Pinpoint has none of its own, and its samples keep first and last names apart. */
function named(attributes: readonly (readonly [string, unknown])[]): { name?: string } {
  const of = (wanted: string) => attributes.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const parts = [of('firstname'), of('lastname')].filter((part) => typeof part === 'string');
  return parts.length === 0 ? {} : { name: parts.join(' ') };
}

/** Metrics are numbers; of attributes with several values the cell holds the list as JSON. */
function attributeOf(heading: string, text: string): unknown {
  if (/^Metrics\./i.test(heading)) return Number.isFinite(Number(text)) ? Number(text) : text;
  if (!text.startsWith('[')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
