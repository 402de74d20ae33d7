import { describe, expect, it } from 'vitest';
import { csvLine } from './index.ts';

describe('a line of CSV', () => {
  it.each([
    ['=HYPERLINK("http://evil.example","click")', '"\'=HYPERLINK(""http://evil.example"",""click"")"'],
    ['+86 138', "'+86 138"],
    ['-cmd|calc', "'-cmd|calc"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['\t=1', "'\t=1"],
    ['-12.5', '-12.5'],
    ['+7', '+7'],
    ['李薇, "Wei"', '"李薇, ""Wei"""'],
    ['two\nlines', '"two\nlines"'],
    ['plain', 'plain'],
    ['', ''],
  ])('writes %j so that no spreadsheet runs it', (cell, written) => {
    expect(csvLine([cell])).toBe(`${written}\r\n`);
  });
});
