/**
 * What a distributed Map's ItemReader reads: a file in S3 (JSON, JSON lines, CSV), the files that a manifest names (an
 * inventory of S3; what Athena has unloaded), the list of a bucket's objects, or (LOAD_AND_FLATTEN) what is in these.
 * Packed files are unpacked. Source: AWS, "ItemReader (Map)"; of inventories: Amazon S3, "Amazon S3 Inventory list".
 */
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { type ItemSource, isObject, type Json, type JsonObject } from '../../../../../shared/asl/index.ts';
import { type Call, TaskError, type TaskRunner } from '../define-task.ts';
import { callS3 } from './call-s3.ts';

const FAILED = 'States.ItemReaderFailed';
const NO_SUCH_PLACE = 'The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON structure.';

type Config = ItemSource['config'];
/** Reads an object of S3, unpacked. */
type Read = (parameters: JsonObject) => Promise<string>;

/** `s3:getObject` */
export const readFile: TaskRunner = async (call, service) => {
  const { parameters, config } = sourceOf(call);
  const read: Read = async (object) => textIn((await callS3(service, FAILED, 'GetObject', object)).Body);
  const text = await read(parameters);
  const manifest = config.ManifestType ?? (config.InputType === 'MANIFEST' ? 'S3_INVENTORY' : undefined);
  if (manifest === 'S3_INVENTORY') return inventory(text, config, read);
  if (manifest === 'ATHENA_DATA') return itemsIn(athenaFiles(text), config, read);
  return atMost(format(config)(text, config), config.MaxItems);
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
  if (config.Transformation !== 'LOAD_AND_FLATTEN') return atMost(items, config.MaxItems);
  const read: Read = async (object) => textIn((await callS3(service, FAILED, 'GetObject', object)).Body);
  const files = (items as { Key: string }[]).map(({ Key }) => ({ Bucket: parameters.Bucket ?? '', Key }));
  return itemsIn(files, config, read);
};

/** The items of several files, one after the other. */
async function itemsIn(files: JsonObject[], config: Config, read: Read): Promise<Json[]> {
  const items: Json[] = [];
  for (const file of files) {
    if (config.MaxItems > 0 && items.length >= config.MaxItems) break;
    for (const item of format(config)(await read(file), config)) items.push(item);
  }
  return atMost(items, config.MaxItems);
}

/** The manifest of an inventory names its files, and what their columns are. */
function inventory(text: string, config: Config, read: Read): Promise<Json[]> {
  const manifest = parsed(text);
  const { destinationBucket, fileFormat = 'CSV', fileSchema, files } = isObject(manifest) ? manifest : {};
  if (!Array.isArray(files) || typeof fileSchema !== 'string')
    throw new TaskError(FAILED, 'The manifest is not that of an inventory.');
  if (fileFormat !== 'CSV') throw new TaskError(FAILED, `Inventories in ${String(fileFormat)} are not emulated here.`);
  const Bucket = String(destinationBucket).split(':').at(-1) as string;
  const named = files.map((file) => ({ Bucket, Key: String(isObject(file) ? file.key : '') }));
  const CSVHeaders = fileSchema.split(',').map((name) => name.trim());
  const { MaxItems } = config;
  return itemsIn(named, { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders, MaxItems }, read);
}

/** Athena's manifest: a line for each file, `s3://bucket/key`. */
function athenaFiles(text: string): JsonObject[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^"(.*)"$/, '$1'))
    .filter((line) => line !== '')
    .map((line) => {
      const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(line) ?? [];
      if (!Bucket || !Key) throw new TaskError(FAILED, `The manifest names no file of S3: ${line}`);
      return { Bucket, Key };
    });
}

function textIn(body: unknown): string {
  const bytes = Buffer.from(body instanceof Uint8Array ? body : String(body ?? ''));
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString();
}

function format({ InputType = 'JSON' }: Config): Format {
  const known = FORMATS[String(InputType)];
  if (!known) throw new TaskError(FAILED, `The input type ${String(InputType)} is not emulated here.`);
  return known;
}

type Format = (text: string, config: JsonObject) => Json[];

function sourceOf(call: Call): ItemSource {
  return call.parameters as unknown as ItemSource;
}

const atMost = (items: Json[], most: number) => (most > 0 ? items.slice(0, most) : items);

const FORMATS: Readonly<Record<string, Format>> = {
  JSON(text, { ItemsPointer: pointer }) {
    const value = pointed(parsed(text), typeof pointer === 'string' ? pointer : '');
    if (value === undefined) throw new TaskError(FAILED, NO_SUCH_PLACE);
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
