import { z } from 'zod';
import type { AdaptedMessage, EventAdapter, Translation } from './adapter.ts';
import { nobody, notAboutCustomers, wrongShape } from './problems.ts';
import { type Bag, bagOf, firstText, given, textOf } from './reading.ts';

const NAME = { zh: '神策', en: 'Sensors Data' };

/** One record of Sensors Data (manual.sensorsdata.cn, 「数据格式」), as its SDKs send and its subscription gives it. */
const detailSchema = z.looseObject({
  distinct_id: z.union([z.string().min(1), z.number()]),
  /** Milliseconds. */
  time: z.number().optional(),
  type: z.string().min(1),
  event: z.string().min(1).max(256).optional(),
  properties: z.looseObject({}).optional(),
});

/**
 * Sensors Data (神策). Customers are named by the app's own ids, so they stay as they are: the login id is the userId, a
 * device's or cookie's id the anonymousId, and `track_signup` joins the two. `profile_set` becomes traits. Operations that
 * need the old value (set_once, increment, append, unset) cannot become traits without it: they are kept as events of
 * their own (`$profile_set_once`), which a sticky tag can read.
 */
export const sensors: EventAdapter = {
  id: 'sensors',
  name: NAME,
  recognises: ({ source }) => /^sensors(data)?(\.|\/|$)/i.test(source),
  translate: ({ detail, id, time }) => {
    const parsed = detailSchema.safeParse(detail);
    if (!parsed.success) return wrongShape(NAME, parsed.error);
    const { type } = parsed.data;
    if (type.startsWith('item_')) return items(type);
    const record: Bag = parsed.data;
    const who = identity(record);
    if (who === undefined) return UNNAMED;
    const timestamp = parsed.data.time === undefined ? time : new Date(parsed.data.time).toISOString();
    const name = parsed.data.event ?? type;
    // Each record of an SDK has a random number of its own; without it, what cannot be told apart is the same.
    const own = firstText(record['_track_id'], parsed.data.time === undefined ? id : undefined) ?? name;
    const common = {
      messageId: `sensors:${firstText(who.userId, who.anonymousId)}:${Date.parse(timestamp)}:${own}`.slice(0, 256),
      timestamp,
      ...who,
      context: context(record),
    };
    return { ok: true, messages: [(READERS[type] ?? READERS['track']!)(record, common, name)] };
  },
};

type Reader = (record: Bag, common: Bag, name: string) => AdaptedMessage;

const READERS: Readonly<Record<string, Reader>> = {
  track: (record, common, name) => ({
    ...common,
    type: VIEWS[name] ?? 'track',
    event: name === record['type'] ? `$${name}` : name,
    properties: own(record),
  }),
  track_signup: (record, common) => ({
    ...common,
    type: 'alias',
    userId: firstText(record['login_id'], record['distinct_id']),
    previousId: firstText(record['original_id'], record['anonymous_id']),
  }),
  profile_set: (record, common) => ({ ...common, type: 'identify', traits: own(record) }),
};

/** Preset events that Segment's spec has a type for. */
const VIEWS: Readonly<Record<string, string>> = {
  $pageview: 'page',
  $AppViewScreen: 'screen',
  $MPViewScreen: 'screen',
};

/** Properties less the library's own (`$lib`, `$is_login_id` …); the preset ones lose their dollar: `$city` is `city`. */
function own(record: Bag): Record<string, unknown> {
  const entries = Object.entries(bagOf(record['properties'])).filter(
    ([key]) => !/^\$(lib|is_login_id|track_signup)/.test(key),
  );
  return Object.fromEntries(entries.map(([key, value]) => [key.replace(/^\$/, ''), value]));
}

function context(record: Bag): Record<string, unknown> {
  const { $lib, $os, $model } = bagOf(record['properties']);
  return given({
    source: 'sensors',
    project: textOf(record['project']),
    device: textOf($model),
    os: textOf($os),
    library: textOf($lib ?? bagOf(record['lib'])['$lib']),
  });
}

function identity(record: Bag): { userId?: string; anonymousId?: string } | undefined {
  const isLogin = bagOf(record['properties'])['$is_login_id'] === true || record['type'] === 'track_signup';
  const userId = firstText(
    record['login_id'],
    bagOf(record['identities'])['$identity_login_id'],
    isLogin ? record['distinct_id'] : undefined,
  );
  const anonymousId = firstText(
    record['anonymous_id'],
    record['original_id'],
    userId === undefined ? record['distinct_id'] : undefined,
  );
  return userId === undefined && anonymousId === undefined ? undefined : given({ userId, anonymousId });
}

const UNNAMED: Translation = nobody({ zh: '神策的这条数据', en: 'This record of Sensors Data' }, 'distinct_id', {
  zh: '请带上 distinct_id，登录用户另带 login_id。',
  en: 'Send distinct_id, and login_id for users who are signed in.',
});

const items = (type: string): Translation =>
  notAboutCustomers(
    { zh: `神策的 ${type}（物品数据）`, en: `Sensors Data’s ${type} (an item)` },
    { zh: '订阅时只选事件和用户数据。', en: 'Subscribe to events and profiles only.' },
  );
