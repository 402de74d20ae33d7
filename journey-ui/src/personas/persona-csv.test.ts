import { expect, test } from 'vitest';
import { personaCsv } from './persona-csv.ts';

test('a worksheet opens in a spreadsheet: a row for each value, and what is unknown', () => {
  const exact = (count: number) => ({ count, exact: true as const });
  const csv = personaCsv(
    {
      total: 3,
      dimensions: [
        {
          id: 'group:level',
          name: { zh: '用户等级', en: 'Level' },
          exclusive: true,
          more: 0,
          values: [{ key: 'VIP', name: { zh: 'VIP', en: 'VIP' }, ...exact(2) }],
          none: { count: 1, exact: false, low: 0, high: 2, sampled: 3 },
        },
      ],
    },
    'zh',
    { headings: ['维度', '取值', '人数', '占比', '最少', '最多'], none: '未知' },
  );
  expect(csv).toBe('\ufeff维度,取值,人数,占比,最少,最多\r\n用户等级,VIP,2,0.6667,,\r\n用户等级,未知,1,0.3333,0,2\r\n');
});
