/** Byte order mark: Excel takes a CSV for UTF-8 only with it. */
export const BOM = '\ufeff';

/**
 * A line of CSV (RFC 4180, with CRLF), safe to open in a spreadsheet: a cell that Excel or WPS would take for a formula
 * (it begins with = + - @, a tab or a return; the full-width forms, too) gets an apostrophe before it, as OWASP advises
 * against CSV injection. A plain number keeps its sign.
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(text: string): string {
  const safe = isFormula(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const isFormula = (text: string): boolean => /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text);
