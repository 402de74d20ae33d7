/** What a distributed Map's ItemReader reads: a file in S3 (JSON, JSON lines, CSV), or the list of a bucket's objects. */
import { parse } from 'csv-parse/sync';
import { type ItemSource, isObject, type Json, type JsonObject } from '../../../../../shared/asl/index.ts';
import { type Call, TaskError, type TaskRunner } from '../define-task.ts';
import { callS3 } from './call-s3.ts';

const FAILED = 'States.ItemReaderFailed';

/** `s3:getObject` */
export const readFile: TaskRunner = async (call, service) => {
  const { parameters, config } = sourceOf(call);
  const answer = await callS3(service, FAILED, 'GetObject', parameters);
  const type = String(config.InputType ?? 'JSON');
  const read = FORMATS[type];
  if (!read) throw new TaskError(FAILED, `The input type ${type} is not emulated here.`);
  return atMost(read(String(answer.Body ?? ''), config), config.MaxItems);
};

/** `s3:listObjectsV2`, all of its pages. Instants are seconds, as AWS gives them here. */
export const listObjects: TaskRunner = async (call, service) => {
  const { parameters, config } = sourceOf(call);
  const items: Json[] = [];
  let token: Json | undefined;
  do {
    const page = await callS3(service, FAILED, 'ListObjectsV2', {
      ...parameters,
      ...(token !== undefined && { ContinuationToken: token }),
    });
    for (const { Key, ETag, Size, StorageClass, LastModified } of (page.Contents ?? []) as JsonObject[]) {
      const seconds = Date.parse(String(LastModified)) / 1000;
      items.push({ Etag: ETag, Key, LastModified: seconds, Size, StorageClass } as JsonObject);
    }
    token = page.NextContinuationToken;
  } while (token !== undefined && (config.MaxItems === 0 || items.length < config.MaxItems));
  return atMost(items, config.MaxItems);
};

function sourceOf(call: Call): ItemSource {
  return call.parameters as unknown as ItemSource;
}

const atMost = (items: Json[], most: number) => (most > 0 ? items.slice(0, most) : items);

const FORMATS: Readonly<Record<string, (text: string, config: JsonObject) => Json[]>> = {
  JSON(text, { ItemsPointer: pointer }) {
    const value = pointed(parsed(text), typeof pointer === 'string' ? pointer : '');
    if (!Array.isArray(value)) throw new TaskError(FAILED, 'Attempting to map over non-iterable node.');
    return value;
  },
  JSONL: (text) =>
    text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map(parsed),
  CSV(text, config) {
    const rows = csvRows(text, DELIMITERS[String(config.CSVDelimiter ?? 'COMMA')] ?? ',');
    const given =
      config.CSVHeaderLocation === 'GIVEN' && Array.isArray(config.CSVHeaders) ? config.CSVHeaders : undefined;
    const names = (given ?? rows.shift() ?? []).map(String);
    return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
  },
};

const DELIMITERS: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

function csvRows(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
  } catch (error) {
    throw new TaskError(FAILED, `The CSV file cannot be read: ${(error as Error).message}`);
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new TaskError(FAILED, `The file is not JSON: ${(error as Error).message}`);
  }
}

/** What a JSON pointer leads to: `/a/0/b`. */
function pointed(value: Json, pointer: string): Json | undefined {
  let at: Json | undefined = value;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(at)) at = at[Number(name)];
    else at = isObject(at) ? at[name] : undefined;
  }
  return at;
}
