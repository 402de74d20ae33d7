import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvent } from '../events/index.ts';
import { IMPORT_KINDS, type ImportContext, mapColumns, type Outcome, rowOf } from './index.ts';

const NOW = '2026-11-20T08:00:00.000Z';
const kindOf = (id: string) => IMPORT_KINDS.find((kind) => kind.id === id)!;

function context(more: Partial<ImportContext> = {}): ImportContext {
  const seen = new Set<string>();
  return {
    zone: 'Asia/Shanghai',
    asOf: NOW,
    startJourneys: false,
    tagKey: (name) => ({ VIP: 'vip', 敏感肌: 'sensitive' })[name],
    seenBefore: (text) => seen.size === seen.add(text).size,
    ...more,
  };
}

/** A small file: headings, then rows, cells parted by bars. */
function read(
  kind: string,
  lines: readonly string[],
  more: Partial<ImportContext> = {},
  asked: Record<string, string> = {},
): Outcome[] {
  const [head = '', ...rows] = lines;
  const headings = head.split('|').map((one) => one.trim());
  const { mapping, diagnostics } = mapColumns(kindOf(kind), headings, asked);
  expect(diagnostics).toEqual([]);
  const reader = kindOf(kind).read(context(more));
  return [
    ...rows.flatMap((row, index) =>
      reader.take(
        rowOf(
          index + 2,
          row.split('|').map((one) => one.trim()),
          headings,
          mapping,
        ),
      ),
    ),
    ...reader.finish(),
  ];
}
const messages = (outcomes: readonly Outcome[]) => outcomes.flatMap((one) => ('messages' in one ? one.messages : []));
const problems = (outcomes: readonly Outcome[]) =>
  outcomes.flatMap((one) =>
    'problems' in one ? one.problems.map(({ line, code, field }) => [line, code, field]) : [],
  );

describe('customers', () => {
  it('of a personal WeChat are known by their numbers, with remark and tags by hand', () => {
    const [first] = messages(read('customers', ['微信号|备注|标签|性别', 'li_wei88|李薇-面霜|VIP、敏感肌|女']));
    expect(first).toMatchObject({
      message: {
        type: 'identify',
        anonymousId: 'wechat:li_wei88',
        timestamp: NOW,
        traits: { remark: '李薇-面霜', name: '李薇-面霜', gender: 'female', wechat: 'li_wei88' },
        context: { source: 'import', quiet: true },
      },
      tags: ['vip', 'sensitive'],
    });
  });

  it('of an export of WeCom were added at a time and through a channel: the event that live rules listen to', () => {
    const all = messages(
      read('customers', ['客户名称|external_userid|添加人|添加时间|来源', '李薇|wmA|张三|2026/1/5 13:04|公众号引流']),
    );
    expect(
      all.map(({ message }) => [message.event ?? message.type, message['anonymousId'], message.timestamp]),
    ).toEqual([
      ['Contact Added', 'wecom:wmA', '2026-01-05T05:04:00.000Z'],
      ['identify', 'wecom:wmA', NOW],
    ]);
    expect(all[0]?.message['properties']).toEqual({ channel: '公众号引流', member: '张三' });
  });

  it('of whom only the channel is known, not when they were added, keep it', () => {
    const [one] = messages(read('customers', ['用户ID|加入渠道', 'u1|线下到店']));
    expect(one?.message).toMatchObject({ type: 'identify', properties: { channel: '线下到店' } });
  });

  it('with your own id and WeCom’s are joined; a phone beside an id is a trait', () => {
    const [one] = messages(read('customers', ['ID|external_userid|手机号', 'u_1|wmA|+86 138-0000-0001']));
    expect(one?.message).toMatchObject({ userId: 'u_1', anonymousId: 'wecom:wmA', traits: { phone: '13800000001' } });
    const [other] = messages(read('customers', ['ID|手机号', 'u_1|13800000001']));
    expect(other?.message).not.toHaveProperty('anonymousId');
  });

  it('keep the columns that nobody knows as traits under their headings', () => {
    const [one] = messages(read('customers', ['ID|肤质|积分', 'u_1|油性|1200']));
    expect(one?.message['traits']).toEqual({ 肤质: '油性', 积分: '1200' });
  });

  it('that stand twice are taken once; with something new they are taken again', () => {
    const outcomes = read('customers', ['ID|城市', 'u_1|上海', 'u_1|上海', 'u_1|杭州']);
    expect(outcomes.map((one) => Object.keys(one)[1])).toEqual(['messages', 'repeated', 'messages']);
  });

  it('may have been born long before anything else happened', () => {
    const [message] = messages(read('customers', ['手机号|生日', '13800000001|1961-02-11']));
    expect(message).toMatchObject({ message: { traits: { birthday: '1961-02-11' } } });
  });

  it('are refused with line and column where something is wrong', () => {
    const outcomes = read('customers', [
      '手机号|标签|添加时间|生日',
      '|VIP||',
      '13800000001|高意向||',
      '13800000002||3/4/2026|',
      '13800000003||2027-01-01|明天',
    ]);
    expect(problems(outcomes)).toEqual([
      [2, 'row-no-customer', undefined],
      [3, 'row-tag-unknown', 'tags'],
      [4, 'row-time', 'joined'],
      [5, 'row-time-future', 'joined'],
      [5, 'row-time', 'birthday'],
    ]);
  });
});

describe('orders', () => {
  const HEAD = '订单号|手机号|下单时间|商品名称|数量|单价|订单状态';

  it('of several lines are one event, its total exact', () => {
    const all = messages(
      read('orders', [
        HEAD,
        'A1|13800000001|2026-01-05 13:04:00|面霜|3|0.1|已完成',
        'A1|13800000001|2026-01-05 13:04:00|精华|1|0.2|已完成',
        'A2|13800000001|2026-01-06|小样|1|9|交易成功',
      ]),
    );
    expect(all.map(({ message }) => [message.event, message.messageId, message.timestamp])).toEqual([
      ['Order Completed', 'import:order:A1', '2026-01-05T05:04:00.000Z'],
      ['Order Completed', 'import:order:A2', '2026-01-05T16:00:00.000Z'],
    ]);
    expect(all[0]?.message).toMatchObject({
      anonymousId: 'phone:13800000001',
      properties: {
        order_id: 'A1',
        total: 0.5,
        product_count: 2,
        products: [{ product_id: '面霜', quantity: 3, price: 0.1 }, { name: '精华' }],
      },
    });
  });

  it.each([
    ['待付款', ['Checkout Started']],
    ['已取消', ['Order Cancelled']],
    ['退款成功', ['Order Completed', 'Order Refunded']],
    ['Fulfilled', ['Order Completed']],
    ['', ['Order Completed']],
  ])('whose status is “%s” are %j', (status, events) => {
    const all = messages(read('orders', [HEAD, `A1|13800000001|2026-01-05|面霜|1|9|${status}`]));
    expect(all.map(({ message }) => message.event)).toEqual(events);
  });

  it('with a refund of part say how much and when', () => {
    const all = messages(
      read('orders', [
        '订单号|会员ID|下单时间|实付金额|退款金额|退款时间',
        'A1|u_1|2026-01-05|¥1,299.00|¥99.00|2026-01-09 10:00',
      ]),
    );
    expect(
      all.map(({ message }) => [message.event, message.timestamp, (message['properties'] as { total: number }).total]),
    ).toEqual([
      ['Order Completed', '2026-01-04T16:00:00.000Z', 1299],
      ['Order Refunded', '2026-01-09T02:00:00.000Z', 99],
    ]);
  });

  it('with refunds that have numbers tell each by itself; the last one of a whole order says so', () => {
    const refunds = (...lines: string[]) =>
      messages(read('orders', ['订单号|会员ID|下单时间|实付金额|退款金额|退款时间|退款单号|订单状态', ...lines]))
        .filter(({ message }) => message.event === 'Order Refunded')
        .map(({ message }) => [message.messageId, message['properties']]);
    expect(
      refunds('A1|u_1|2026-01-05|100|30|2026-01-06|R1|部分退款', 'A1|u_1|2026-01-05|100|70|2026-01-09|R2|'),
    ).toEqual([
      ['import:order:A1:order-refunded:R1', { order_id: 'A1', refund_id: 'R1', total: 30 }],
      ['import:order:A1:order-refunded:R2', { order_id: 'A1', refund_id: 'R2', total: 70, whole_order: true }],
    ]);
    const [once] = refunds('A2|u_1|2026-01-05|100||||已退款');
    expect(once).toEqual(['import:order:A2:order-refunded', { order_id: 'A2', total: 100, whole_order: true }]);
    expect(refunds('A3|u_1|2026-01-05|100||||partially_refunded')).toEqual([]);
    expect(refunds('A4|u_1|2026-01-05|100|40|||')).toEqual([
      ['import:order:A4:order-refunded', { order_id: 'A4', total: 40 }],
    ]);
  });

  it('that stand twice are taken once; lines that were torn apart are said so, and so are totals that differ', () => {
    const head = '订单号|会员ID|下单时间|订单金额';
    const twice = read('orders', [
      head,
      'A1|u|2026-01-05|9',
      'A1|u|2026-01-05|9',
      'A2|u|2026-01-05|9',
      'A1|u|2026-01-05|9',
    ]);
    expect(messages(twice)).toHaveLength(2);
    expect(twice.filter((one) => 'repeated' in one).map(({ lines }) => lines)).toEqual([[3], [5]]);
    const torn = read('orders', [head, 'A1|u|2026-01-05|9', 'A2|u|2026-01-05|9', 'A1|u|2026-01-05|5']);
    expect(problems(torn)).toEqual([[4, 'order-split', 'order']]);
    expect(problems(read('orders', [head, 'A1|u|2026-01-05|9', 'A1|u|2026-01-05|5']))).toEqual([
      [3, 'order-total-differs', 'total'],
    ]);
    expect(problems(read('orders', [head, 'A1|u|2026-01-05|9', 'A1|v|2026-01-05|9']))).toEqual([
      [3, 'order-mixed', 'order'],
    ]);
  });

  it('are refused whole where one of their lines is wrong', () => {
    const outcomes = read('orders', [
      HEAD,
      'A1|13800000001|2026-01-05|面霜|三|9|已完成',
      'A1|13800000001|2026-01-05|精华|1|9|已完成',
      '|13800000001|2026-01-05|||9|',
      'A3|13800000001|2026-01-05||||发了',
    ]);
    expect(messages(outcomes)).toEqual([]);
    expect(problems(outcomes)).toEqual([
      [2, 'row-number', 'quantity'],
      [4, 'row-missing', 'order'],
      [5, 'order-status-unknown', 'status'],
    ]);
    expect(outcomes.find((one) => 'problems' in one)?.lines).toEqual([2, 3]);
  });
});

describe('interactions', () => {
  it('get the names that live events have; others keep their own', () => {
    const all = messages(
      read('interactions', [
        '手机号|时间|行为|商品|停留时长',
        '13800000001|2026-01-05 10:00|浏览|面霜|42',
        '13800000001|2026-01-05 10:01|咨询价格||',
        '13800000001|2026-01-05 10:02|到店试用||',
      ]),
    );
    expect(all.map(({ message }) => message.event)).toEqual(['Product Viewed', 'Consultation Started', '到店试用']);
    expect(all[0]?.message['properties']).toEqual({ product_id: '面霜', product_name: '面霜', dwell_s: 42 });
  });

  it('asked to start journeys are news', () => {
    const lines = ['手机号|时间|行为', '13800000001|2026-01-05 10:00|点赞'];
    expect(messages(read('interactions', lines, { startJourneys: true }))[0]?.message['context']).toEqual({
      source: 'import',
    });
  });
});

describe('columns', () => {
  const map = (kind: string, headings: string[], asked: Record<string, string> = {}) =>
    mapColumns(kindOf(kind), headings, asked);

  it.each([
    [
      'orders',
      ['订单编号', '买家手机', '付款时间', '买家实际支付金额', '宝贝标题', '订单状态'],
      ['order', 'phone', 'time', 'total', 'product', 'status'],
    ],
    [
      'orders',
      ['Order ID', 'Customer Email', 'Created at', 'Total Price', 'Qty', 'SKU'],
      ['order', 'email', 'time', 'total', 'quantity', 'product_id'],
    ],
    [
      'customers',
      ['客户昵称', '外部联系人ID', '备注名', '企业标签', '添加好友时间', '跟进人'],
      [undefined, 'external', 'remark', 'tags', 'joined', 'member'],
    ],
    ['interactions', ['User ID', 'Event Name', 'Timestamp'], ['id', 'event', 'time']],
  ])('of %s headed %j are guessed', (kind, headings, fields) => {
    const { mapping, diagnostics } = map(kind, headings);
    expect(diagnostics).toEqual([]);
    const byPlace = headings.map((_, place) => [...mapping].find(([, one]) => one === place)?.[0]);
    expect(byPlace).toEqual(fields);
  });

  it('asked for go before the guess; an empty one leaves the field out', () => {
    const { mapping } = map('orders', ['单号', '手机', '时间', '实收', '订单金额', '状态'], {
      total: '实收',
      status: '',
    });
    expect([mapping.get('total'), mapping.get('status')]).toEqual([3, undefined]);
  });

  it('that are wanted and not there are named, with what there is', () => {
    const codes = map('orders', ['甲', '乙'], { totl: '甲', total: '丙' }).diagnostics.map(({ code, field }) => [
      code,
      field,
    ]);
    expect(codes).toEqual([
      ['import-no-field', 'totl'],
      ['import-no-column', 'total'],
      ['import-column-missing', 'id'],
      ['import-column-missing', 'order'],
      ['import-column-missing', 'time'],
    ]);
  });
});

describe('every kind', () => {
  const cell = fc.oneof(
    fc.constantFrom('', 'u_1', '13800000001', '2026-01-05', '已完成', 'VIP', '9.5', '点赞', '面霜', '=1+1'),
    fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('|', '')),
  );

  it.each(
    IMPORT_KINDS.map(({ id }) => id),
  )('%s: whatever stands in a file, each line is told once, and what comes of it keeps the contract', (id) => {
    const kind = kindOf(id);
    const headings = kind.fields.map((field) => field.headings[0]!);
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: headings.length, maxLength: headings.length }), { maxLength: 12 }),
        (rows) => {
          const outcomes = () => read(id, [headings.join('|'), ...rows.map((row) => row.join('|'))]);
          const first = outcomes();
          expect(first.flatMap(({ lines }) => lines).sort((a, b) => a - b)).toEqual(rows.map((_, index) => index + 2));
          for (const { message } of messages(first)) {
            const parsed = parseEvent(message, { time: NOW }, NOW);
            expect(parsed).toMatchObject({ ok: true, event: { quiet: true, at: message.timestamp } });
          }
          expect(outcomes()).toEqual(first);
        },
      ),
      { numRuns: 150 },
    );
  });
});
