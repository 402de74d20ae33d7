import { addExact, fromExact, toExact } from '../../rules/index.ts';
import { frame, MAX_TEXT, readNumber } from '../cells.ts';
import { IDENTITY, type Identity, identityOf, keyOf } from '../identity.ts';
import type { ImportContext, ImportKind, ImportMessage, Outcome, Row, RowProblem, RowReader } from '../import-kind.ts';
import { ORDER_FIELDS } from '../order-fields.ts';
import {
  badNumber,
  badTime,
  hugeOrder,
  missing,
  mixedOrder,
  mixedTotal,
  negativeTotal,
  noCustomer,
  splitOrder,
  tooLong,
  unknownStatus,
} from '../problems.ts';
import { readWhen } from '../when.ts';

/** An order carries at most this many articles; `product_count` says how many there were. */
const MAX_PRODUCTS = 20;

/**
 * Orders, one line each or a line per article: lines of one order that stand together are one event. Its id is the order
 * number, so a file can come again, and a longer export of the same shop after it.
 */
export const orders: ImportKind = {
  id: 'orders',
  name: { zh: '订单', en: 'Orders' },
  help: {
    zh: '每行一张订单，或每行一件商品（同一订单的行要挨在一起）。',
    en: 'An order a row, or an article a row (the rows of one order stand together).',
  },
  own: { zh: '订单属性（用列名）', en: 'Property, by its heading' },
  needs: [IDENTITY, ['order'], ['time']],
  fields: ORDER_FIELDS,
  read: (context) => {
    let open: Order | undefined;
    const close = (): Outcome[] => {
      const closed = open;
      open = undefined;
      return closed === undefined ? [] : [finished(closed, context)];
    };
    return {
      take(row) {
        const number = row.cells['order'];
        if (open !== undefined && number === open.number) {
          if (isKnown(open, row)) return [{ lines: [row.line], repeated: true }];
          add(open, row, context);
          return [];
        }
        const before = close();
        if (number === undefined) return [...before, { lines: [row.line], problems: [missing(row.line, 'order')] }];
        open = begin(number, row, context);
        return before;
      },
      finish: close,
    } satisfies RowReader;
  },
};

const REFUND = 'Order Refunded';

/** What an order's status says happened, in the words of shops. */
const STATUS: readonly (readonly [RegExp, readonly string[]])[] = [
  // How much was paid back is told by the columns of the refund.
  [/部分退款|partial(ly)?[-_]?refund/i, ['Order Completed']],
  [/退款成功|已退款|全额退款|退货完成|refunded/i, ['Order Completed', REFUND]],
  [/待付款|未付款|待支付|未支付|等待买家付款|unpaid|pending|awaitingpayment/i, ['Checkout Started']],
  [/取消|关闭|作废|cancel|closed|void/i, ['Order Cancelled']],
  [
    /完成|成功|付款|支付|发货|签收|收货|评价|complete|paid|fulfil|shipped|delivered|success|received/i,
    ['Order Completed'],
  ],
];

interface Order {
  readonly number: string;
  readonly lines: number[];
  readonly problems: RowProblem[];
  readonly rows: Row[];
  readonly known: Set<string>;
  readonly who: Identity | undefined;
  readonly at: string | undefined;
}

function begin(number: string, row: Row, context: ImportContext): Order {
  const { line, cells } = row;
  const problems: RowProblem[] = [];
  const who = identityOf(row);
  if (who === undefined) problems.push(noCustomer(line));
  const text = cells['time'];
  const when = text === undefined ? undefined : readWhen(text, context.zone, context.asOf);
  if (text === undefined) problems.push(missing(line, 'time'));
  else if (when?.ok === false) problems.push(badTime(line, 'time', text, when.why));
  const order: Order = {
    number,
    lines: [],
    problems,
    rows: [],
    known: new Set(),
    who,
    at: when?.ok ? when.at : undefined,
  };
  add(order, row, context);
  return order;
}

/** Longer ones are no key by which an order is known again. */
const MAX_NUMBER = 200;
const NUMBERS = ['total', 'amount', 'quantity', 'price', 'refund'];

function add(order: Order, row: Row, context: ImportContext): void {
  const { line, cells, extra } = row;
  order.lines.push(line);
  const who = identityOf(row);
  if (who !== undefined && order.who !== undefined && keyOf(who) !== keyOf(order.who))
    order.problems.push(mixedOrder(line, order.number));
  for (const field of NUMBERS) {
    const text = cells[field];
    if (text !== undefined && readNumber(text) === undefined) order.problems.push(badNumber(line, field, text));
  }
  for (const [field, text] of Object.entries({ ...cells, ...extra })) {
    if (text.length > MAX_TEXT) order.problems.push(tooLong(line, field, MAX_TEXT));
  }
  if (order.number.length > MAX_NUMBER) order.problems.push(tooLong(line, 'order', MAX_NUMBER));
  const { total } = cells;
  const first = order.rows.find((one) => one.cells['total'] !== undefined)?.cells['total'];
  if (total !== undefined && first !== undefined && readNumber(total) !== readNumber(first)) {
    order.problems.push(mixedTotal(line, order.number));
  }
  const refunded = cells['refunded'];
  const when = refunded === undefined ? undefined : readWhen(refunded, context.zone, context.asOf);
  if (when?.ok === false) order.problems.push(badTime(line, 'refunded', refunded!, when.why));
  if (order.rows.length === MAX_LINES) order.problems.push(hugeOrder(line, order.number, MAX_LINES));
  if (order.rows.length <= MAX_LINES) order.rows.push(row);
  order.known.add(textOf(row));
}

/** An order with more lines is most likely a column that is no order number. */
const MAX_LINES = 10_000;

const textOf = ({ cells, extra }: Row): string => JSON.stringify([cells, extra]);
/** The very same line of the same order is taken for a repetition. */
const isKnown = (order: Order, row: Row): boolean => order.known.has(textOf(row));

function finished(order: Order, context: ImportContext): Outcome {
  const { number, lines, problems, rows, who, at } = order;
  const [first] = rows as [Row, ...Row[]];
  if (context.seenBefore(`order:${number}`)) {
    // The same line again is a repetition; another one of the same order should have stood beside it.
    return context.seenBefore(`rows:${JSON.stringify(rows.map(({ cells }) => cells))}`)
      ? { lines, repeated: true }
      : { lines, problems: lines.map((line) => splitOrder(line, number)) };
  }
  context.seenBefore(`rows:${JSON.stringify(rows.map(({ cells }) => cells))}`);
  const status = rows.map(({ cells }) => cells['status']).find((text) => text !== undefined);
  const events =
    status === undefined ? ['Order Completed'] : STATUS.find(([word]) => word.test(status.replace(/\s/g, '')))?.[1];
  const wrong = events === undefined ? [...problems, unknownStatus(first.line, status!)] : problems;
  if (wrong.length > 0 || who === undefined || at === undefined || events === undefined)
    return { lines, problems: wrong };
  const properties = propertiesOf(order);
  if (Number(properties['total'] ?? 0) < 0) return { lines, problems: [negativeTotal(first.line, number)] };
  const message = (event: string, id: string, timestamp: string, told: Record<string, unknown>): ImportMessage => ({
    message: {
      ...frame(who, context),
      type: 'track',
      event,
      messageId: `import:order:${number}${id}`.slice(0, 256),
      timestamp,
      properties: told,
    },
  });
  const messages = events
    .filter((event) => event !== REFUND)
    .map((event) =>
      message(event, event === 'Order Completed' ? '' : `:${event.toLowerCase().replace(' ', '-')}`, at, properties),
    );
  for (const refund of refundsOf(order, events.includes(REFUND), properties['total'], context)) {
    const { id, at: when, ...told } = refund;
    const own = id === undefined ? {} : { refund_id: id };
    messages.push(
      message(REFUND, `:order-refunded${id === undefined ? '' : `:${id}`}`, when ?? at, {
        order_id: number,
        ...told,
        ...own,
      }),
    );
  }
  return { lines, messages };
}

interface Refund {
  readonly id?: string;
  readonly at?: string;
  readonly total?: unknown;
  /** With it, the whole order is paid back. */
  readonly whole_order?: true;
}

/** Each that has a number; else the one that the lines tell of together. */
function refundsOf({ rows }: Order, whole: boolean, paid: unknown, context: ImportContext): Refund[] {
  const numbered = Map.groupBy(
    rows.filter(({ cells }) => cells['refund_id'] !== undefined),
    ({ cells }) => cells['refund_id']!,
  );
  const told: Refund[] = [...numbered].map(([id, lines]) => ({ id, ...refundIn(lines, context) }));
  if (told.length === 0) told.push(refundIn(rows, context));
  const refunds = told.filter(
    ({ id, at, total }) => whole || id !== undefined || at !== undefined || total !== undefined,
  );
  const back = refunds.reduce((sum, { total }) => sum + Math.round(Number(total ?? 0) * 100), 0);
  const all = whole || (typeof paid === 'number' && paid > 0 && back >= Math.round(paid * 100));
  // Where nothing else is said, what was paid is what was paid back.
  return refunds.map((refund, place) => ({
    ...(refunds.length === 1 ? { total: paid } : {}),
    ...refund,
    ...(all && place === refunds.length - 1 ? { whole_order: true } : {}),
  }));
}

function refundIn(rows: readonly Row[], { zone, asOf }: ImportContext): Refund {
  const cell = (field: string) => rows.map(({ cells }) => cells[field]).find((text) => text !== undefined);
  const [time, money] = [cell('refunded'), cell('refund')];
  const total = money === undefined ? undefined : readNumber(money);
  const when = time === undefined ? undefined : readWhen(time, zone, asOf);
  return { ...(when?.ok ? { at: when.at } : {}), ...(total ? { total } : {}) };
}

function propertiesOf({ number, rows }: Order): Record<string, unknown> {
  const value = (row: Row, field: string) =>
    row.cells[field] === undefined ? undefined : readNumber(row.cells[field]!);
  const cell = (field: string) => rows.map(({ cells }) => cells[field]).find((text) => text !== undefined);
  const products = rows
    .filter(({ cells }) => cells['product'] !== undefined || cells['product_id'] !== undefined)
    .map((row) => {
      const { product_id, product, category } = row.cells;
      const all = {
        product_id: product_id ?? product,
        name: product,
        category,
        quantity: value(row, 'quantity'),
        price: value(row, 'price'),
      };
      return Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined));
    });
  const stated = cell('total');
  const lineAmounts = rows.map(
    (row) => value(row, 'amount') ?? product(value(row, 'price'), value(row, 'quantity') ?? 1),
  );
  const summed = lineAmounts.every((one) => one === undefined)
    ? undefined
    : fromExact(
        lineAmounts.reduce((sum: ReturnType<typeof addExact>, one) => addExact(sum, toExact(one ?? 0) ?? 0), 0),
      );
  const total = stated === undefined ? summed : readNumber(stated);
  const { coupon, channel } = { coupon: cell('coupon'), channel: cell('channel') };
  return {
    ...rows[0]!.extra,
    order_id: number,
    ...(total === undefined ? {} : { total }),
    ...(coupon === undefined ? {} : { coupon }),
    ...(channel === undefined ? {} : { channel }),
    ...(products.length === 0 ? {} : { product_count: products.length, products: products.slice(0, MAX_PRODUCTS) }),
  };
}

/** Whole numbers of an exact price stay exact. */
function product(price: number | undefined, quantity: number): number | undefined {
  const exact = price === undefined ? undefined : toExact(price);
  if (exact === undefined) return undefined;
  return Number.isInteger(quantity)
    ? fromExact(addExact(0, String(BigInt(exact) * BigInt(quantity))))
    : price! * quantity;
}
