import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, describe, expect, it } from 'vitest';
import { csvLine } from '../../../shared/csv/index.ts';
import { SeenTexts } from '../../../shared/imports/index.ts';
import { openTable } from '../../../shared/tables/index.ts';
import { gbk } from '../../../test/support/gbk.ts';
import { diskSource } from './disk-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'pergola-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const file = (content: string | Uint8Array, name = 'csv'): string => {
  const path = join(folder, `${++files}.${name}`);
  writeFileSync(path, content);
  return path;
};
async function read(path: string, sheet?: string) {
  const table = await openTable(await diskSource(path), sheet);
  const records = [];
  for await (const record of table.records())
    records.push('cells' in record ? [record.line, ...record.cells] : [record.line, `broken: ${record.broken}`]);
  return { format: table.format.en, records };
}
const codeOf = async (path: string, sheet?: string) => {
  try {
    const table = await openTable(await diskSource(path), sheet);
    for await (const _ of table.records());
    return 'read';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

const TEXT = '姓名,备注\n李薇,"面霜,50g"\n王芳,两行\n';
const ROWS = [
  [1, '姓名', '备注'],
  [2, '李薇', '面霜,50g'],
  [3, '王芳', '两行'],
];

describe('a CSV file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT), 'CSV, UTF-8, comma'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`), 'CSV, UTF-8, comma'],
    ['GBK', gbk(TEXT), 'CSV, GBK, comma'],
    [
      'UTF-16 with tabs, as Excel says “Unicode text”',
      Buffer.from(`\ufeff姓名\t备注\r\n李薇\t"面霜,50g"\r\n王芳\t两行\r\n`, 'utf16le'),
      'CSV, UTF-16, tab',
    ],
    [
      'semicolons',
      Buffer.from(TEXT.replaceAll('"面霜,50g"', '面霜#50g').replaceAll(',', ';').replaceAll('#', ',')),
      'CSV, UTF-8, semicolon',
    ],
    ['returns of Windows', Buffer.from(TEXT.replaceAll('\n', '\r\n')), 'CSV, UTF-8, comma'],
  ])('in %s is read', async (_, bytes, format) => {
    expect(await read(file(bytes))).toEqual({ format, records: ROWS });
  });

  it('whose first Chinese character comes late is still told from UTF-8', async () => {
    const late = `a,b\n${'x,y\n'.repeat(50_000)}李薇,1\n`;
    expect((await read(file(gbk(late)))).records.at(-1)).toEqual([50_002, '李薇', '1']);
    expect((await read(file(late))).records.at(-1)).toEqual([50_002, '李薇', '1']);
  });

  it('says the line at which a record begins, over quoted line breaks and empty lines', async () => {
    const { records } = await read(file('a,b\n"1\n2\n3",x\n\n4,y\n'));
    expect(records.map(([line]) => line)).toEqual([1, 2, 6]);
  });

  it('goes on after a broken row', async () => {
    const { records } = await read(file('a,b\n1,2\n3,4,5\n6,"7"8\n9,10\n11\n'));
    expect(records.map(([line, first]) => [line, String(first).slice(0, 6)])).toEqual([
      [1, 'a'],
      [2, '1'],
      [3, 'broken'],
      [4, '6'],
      [5, '9'],
      [6, '11'],
    ]);
  });

  it('with an open quotation says so', async () => {
    const { records } = await read(file('a,b\n1,2\n3,"open\n5,6\n'));
    expect(records.slice(0, 2)).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
    ]);
    expect(records.at(-1)?.[1]).toMatch(/^broken/);
  });

  it('gives back what was written, whatever is in the cells', async () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .filter((text) => text.trim() === text && !/^[=+\-@\t＝＋－＠]/.test(text) && !text.includes('\ufeff'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 8 }),
        async (rows) => {
          const { records } = await read(file(rows.map(csvLine).join('')));
          expect(records.map(([, ...cells]) => cells)).toEqual(rows);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('an XLSX workbook', () => {
  const workbook = (rows: unknown[][], more: object[] = []) =>
    writeXlsx({ sheets: [{ name: '订单', rows: rows as never }, ...(more as never[])] });

  it('written by another library is read row by row, dates as they are shown, long numbers whole', async () => {
    const bytes = await workbook([
      ['订单号', '手机号', '下单时间', '实付金额', '备注'],
      ['A1', 13800000001, new Date('2026-01-05T13:04:07Z'), 0.1 + 0.2, null],
      [],
      ['A2', '13800000002', new Date('2026-01-06T00:00:00Z'), 1299, '加急'],
    ]);
    expect(await read(file(bytes, 'xlsx'))).toEqual({
      format: 'XLSX, sheet “订单”',
      records: [
        [1, '订单号', '手机号', '下单时间', '实付金额', '备注'],
        [2, 'A1', '13800000001', '2026-01-05 13:04:07', '0.3'],
        [4, 'A2', '13800000002', '2026-01-06 00:00:00', '1299', '加急'],
      ],
    });
  });

  it('is known by what it is, not by its name; another sheet by its own', async () => {
    const bytes = await workbook([['a']], [{ name: 'second', rows: [['b']] }]);
    expect((await read(file(bytes, 'csv'), 'second')).records).toEqual([[1, 'b']]);
    expect(await codeOf(file(bytes, 'xlsx'), 'third')).toBe('file-no-sheet');
  });

  it('gives back what was written, whatever is in the cells', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme-ascii', maxLength: 10 }),
      fc.constantFrom('李薇', '面霜 & 精华', '<b>', '"', ''),
      fc.integer(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constant('x'), cell, cell, fc.constant('y')), { minLength: 1, maxLength: 6 }),
        async (rows) => {
          const { records } = await read(file(await workbook(rows), 'xlsx'));
          expect(records.map(([, ...cells]) => cells)).toEqual(rows.map((row) => row.map(String)));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a workbook that breaks off, or lies', () => {
  const RELS = '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>';
  const BOOK = '<workbook xmlns:r="r"><sheets><sheet name="s" r:id="r1"/></sheets></workbook>';
  const GOOD = '<row><c t="inlineStr"><is><t>客户ID</t></is></c></row>';
  const workbook = async (sheet: string): Promise<string> => {
    const zip = new ZipWriter(new Uint8ArrayWriter());
    const parts = { 'xl/_rels/workbook.xml.rels': RELS, 'xl/workbook.xml': BOOK, 'xl/worksheets/s.xml': sheet };
    for (const [name, text] of Object.entries(parts)) await zip.add(name, new TextReader(text));
    return file(await zip.close(), 'xlsx');
  };
  const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;

  it.each([
    ['in the middle of a row', `<worksheet><sheetData>${GOOD}<row><c>`],
    ['with entities of its own', `<!DOCTYPE x [<!ENTITY a "b">]>${sheet(GOOD)}`],
    ['with a cell where no sheet has one', sheet(`${GOOD}<row><c r="AAAAAAAAAA2"><v>1</v></c></row>`)],
  ])('%s is refused with the line and what to do', async (_, text) => {
    expect(await codeOf(await workbook(text))).toBe('file-broken');
  });

  it('is read where only a date is none', async () => {
    const { records } = await read(await workbook(sheet(`${GOOD}<row><c><v>1e300</v></c></row>`)));
    expect(records).toHaveLength(2);
  });
});

describe('what is no table', () => {
  it.each([
    ['nothing', '', 'file-empty'],
    ['neither UTF-8 nor GBK', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a]), 'file-encoding'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file-old-excel'],
    ['half a workbook', Buffer.from('504b030414000000', 'hex'), 'file-no-workbook'],
  ])('%s is refused with a code', async (_, content, code) => {
    expect(await codeOf(file(content))).toBe(code);
  });

  it('a file that is not there is refused', async () => {
    expect(await codeOf(join(folder, 'none.csv'))).toBe('file-missing');
  });
});

it('texts that were seen are known, a hundred thousand of them, and no others', () => {
  const seen = new SeenTexts();
  for (let i = 0; i < 100_000; i++) expect(seen.add(`text ${i}`)).toBe(false);
  expect([seen.add('text 0'), seen.add('text 99999'), seen.add('text 100000'), seen.count]).toEqual([
    true,
    true,
    false,
    100_001,
  ]);
});
