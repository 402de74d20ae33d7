import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { type OrderLine, type OrdersRead, orderCollector } from '../../../shared/events/adapters/online-retail.ts';

/**
 * Reads an Online Retail file (CSV, or gzip of it; a header line names the columns) and gives its orders and refunds as
 * Segment-spec messages in the order of time. Lines are read as a stream; only the invoices are held.
 *
 * @throws Error with the line's number when the file is no CSV or lacks a column.
 */
export async function readOrdersFile(path: string): Promise<OrdersRead> {
  const file = createReadStream(path);
  const text = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  const parser = parse({ columns: true, bom: true, relax_quotes: true, skip_empty_lines: true });
  for (const stream of new Set([file, text])) stream.on('error', (cause: Error) => parser.destroy(cause));
  const collector = orderCollector();
  for await (const line of text.pipe(parser)) collector.add(line as OrderLine);
  return collector.finish();
}
