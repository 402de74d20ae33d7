import { describe, expect, it } from 'vitest';
import { IMPORT_KINDS, mapColumns, outcomesOf, twiceHeaded } from './index.ts';

/** What becomes of rows of a kind of file, by line. */
function read(kindId: string, headings: string[], rows: string[][]) {
  const kind = IMPORT_KINDS.find(({ id }) => id === kindId)!;
  const { mapping } = mapColumns(kind, headings, {});
  const context = {
    zone: 'Asia/Shanghai',
    asOf: '2026-12-01T00:00:00Z',
    startJourneys: false,
    tagKey: () => undefined,
  };
  const lines = rows.map((cells, index) => ({ line: index + 2, cells }));
  return outcomesOf({ kind, headings, mapping, context }, lines).map((outcome) =>
    'problems' in outcome ? outcome.problems.map(({ line, code }) => `${line} ${code}`).join() : 'taken',
  );
}

describe('a row', () => {
  it('of a customer whose id the contract of events would refuse is told at its line', () => {
    const ids = ['u1', 'u\u0000x', 'x'.repeat(300), '汉'.repeat(200), '😀', 'constructor'];
    expect(
      read(
        'customers',
        ['客户ID', '姓名'],
        ids.map((id) => [id, '李']),
      ),
    ).toEqual(['taken', '3 row-refused', '4 row-refused', '5 row-refused', 'taken', 'taken']);
  });

  it('of an order below zero, or whose number nobody could know again, is refused; a discount on a line is fine', () => {
    const headings = ['订单号', '客户ID', '下单时间', '行金额'];
    const order = (number: string, amount: string) => [number, 'u1', '2026-11-20 10:00', amount];
    const rows = [
      order('a', '-5'),
      order('b', '20'),
      order('b', '-5'),
      order('c'.repeat(201), '5'),
      order('d\u0000', '5'),
    ];
    expect(read('orders', headings, rows)).toEqual(['2 order-negative', 'taken', '5 row-too-long', '6 row-refused']);
  });

  it('of a file with two columns of one name is not guessed at', () => {
    const kind = IMPORT_KINDS.find(({ id }) => id === 'customers')!;
    const twice = (...headings: string[]) => twiceHeaded(mapColumns(kind, headings, {}).mapping, headings);
    expect(twice('客户ID', '客户ID', '姓名')).toMatchObject([{ code: 'import-heading-twice', field: 'id' }]);
    expect(twice('客户ID', '备注A', '备注A')).toEqual([]);
  });
});
