import type { Diagnostic } from '../diagnostics.ts';
import type { RowProblem } from './import-kind.ts';

const problem = (
  line: number,
  code: string,
  field: string | undefined,
  [zh, en]: readonly [string, string],
  [nextZh, nextEn]: readonly [string, string],
): RowProblem => ({
  line,
  code,
  ...(field === undefined ? {} : { field }),
  message: { zh, en },
  next: { zh: nextZh, en: nextEn },
});

export const noCustomer = (line: number): RowProblem =>
  problem(
    line,
    'row-no-customer',
    undefined,
    [
      '这一行没有客户：ID、企微客户 ID、微信号、手机号、邮箱都为空或不可用。',
      'The row names no customer: neither id, WeCom id, WeChat id, phone nor e-mail is there or usable.',
    ],
    ['补上其中一列；或指定用哪一列认人。', 'Fill in one of them, or say which column it is.'],
  );

export const missing = (line: number, field: string): RowProblem =>
  problem(
    line,
    'row-missing',
    field,
    ['这一格是空的。', 'The cell is empty.'],
    ['补上后重新导入这一行。', 'Fill it in and import the row again.'],
  );

export const badTime = (line: number, field: string, text: string, why: 'unreadable' | 'future'): RowProblem =>
  why === 'future'
    ? problem(
        line,
        'row-time-future',
        field,
        [`「${text}」在将来。`, `“${text}” lies in the future.`],
        ['检查年份和时区。', 'Check the year and the zone.'],
      )
    : problem(
        line,
        'row-time',
        field,
        [`看不懂时间「${text}」。`, `“${text}” is no time that can be read.`],
        [
          '写成 2026-11-20 16:29:58；3/4/2026 分不清月和日。',
          'Write 2026-11-20 16:29:58; of 3/4/2026 nobody knows which is the month.',
        ],
      );

export const badNumber = (line: number, field: string, text: string): RowProblem =>
  problem(
    line,
    'row-number',
    field,
    [`「${text}」不是数字。`, `“${text}” is no number.`],
    [
      '只留数字和小数点，可带货币符号和千分位。',
      'Leave digits and a decimal point; a currency sign and thousands separators are fine.',
    ],
  );

/** An order that brings less than nothing is none: a refund was meant, or a column of another meaning was chosen. */
export const negativeTotal = (line: number, order: string): RowProblem =>
  problem(
    line,
    'order-negative',
    'total',
    [`订单 ${order} 的金额是负数。`, `The total of order ${order} is below zero.`],
    [
      '退款请把状态写成「已退款」、金额写成正数；或换一列作为金额。',
      'Of a refund write the status refunded and the sum without a minus; or choose another column for the total.',
    ],
  );

/** What comes of the row would be refused as an event. */
export const refusedRow = (line: number, { message, next }: Diagnostic): RowProblem =>
  problem(
    line,
    'row-refused',
    undefined,
    [`这一行不能成为事件：${message.zh}`, `The row cannot become an event: ${message.en}`],
    [next.zh, next.en],
  );

export const tooLong = (line: number, field: string, most: number): RowProblem =>
  problem(
    line,
    'row-too-long',
    field,
    [`内容超过 ${most} 个字。`, `The cell has more than ${most} characters.`],
    ['缩短它，或不导入这一列。', 'Shorten it, or leave the column out.'],
  );

export const unknownTags = (line: number, field: string, names: readonly string[]): RowProblem =>
  problem(
    line,
    'row-tag-unknown',
    field,
    [`没有可以手动打的标签：${names.join('、')}。`, `There is no tag that may be set by hand: ${names.join(', ')}.`],
    ['先建立它并允许手动打标，或改正写法。', 'Create it first and allow setting it by hand, or correct the spelling.'],
  );

export const splitOrder = (line: number, order: string): RowProblem =>
  problem(
    line,
    'order-split',
    'order',
    [
      `订单 ${order} 的行没有挨在一起，前面的行已经作为一张订单导入。`,
      `The lines of order ${order} do not stand together; those before were taken for the whole order.`,
    ],
    ['把文件按订单号排序后重新导入。', 'Sort the file by order and import it again.'],
  );

export const mixedOrder = (line: number, order: string): RowProblem =>
  problem(
    line,
    'order-mixed',
    'order',
    [`订单 ${order} 的各行写着不同的客户。`, `The lines of order ${order} name different customers.`],
    ['改成同一位客户，或用不同的订单号。', 'Make it one customer, or give them different order numbers.'],
  );

export const mixedTotal = (line: number, order: string): RowProblem =>
  problem(
    line,
    'order-total-differs',
    'total',
    [`订单 ${order} 的各行写着不同的订单金额。`, `The lines of order ${order} give different totals of the order.`],
    [
      '如果这一列是每行的小计，请把它对应到「行金额」。',
      'If the column is the amount of each line, map it to “Amount of the line”.',
    ],
  );

export const hugeOrder = (line: number, order: string, most: number): RowProblem =>
  problem(
    line,
    'order-huge',
    'order',
    [`订单 ${order} 超过 ${most} 行。`, `Order ${order} has more than ${most} lines.`],
    ['多半是订单号列选错了：另选一列。', 'Most likely another column is the order number: choose it.'],
  );

export const unknownStatus = (line: number, text: string): RowProblem =>
  problem(
    line,
    'order-status-unknown',
    'status',
    [`不认识订单状态「${text}」。`, `The order status “${text}” is not known.`],
    [
      '改成已完成、待付款、已取消或已退款；都算成交的话，不要把这一列当作状态。',
      'Write completed, unpaid, cancelled or refunded; if all are orders, do not take the column for a status.',
    ],
  );

export const brokenRow = (line: number, why: string): RowProblem =>
  problem(
    line,
    'row-broken',
    undefined,
    [`这一行读不出来（${why}）。`, `The row cannot be read (${why}).`],
    ['检查引号和分隔符；列数须与表头相同。', 'Check quotes and separators; it needs as many columns as the heading.'],
  );
