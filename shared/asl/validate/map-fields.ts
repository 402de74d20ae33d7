/**
 * What stands in a Map's ItemReader, ItemBatcher and ResultWriter: objects of their own, which only a distributed Map
 * has. Source: AWS, "ItemReader (Map)", "ItemBatcher (Map)", "ResultWriter (Map)"; the words follow AWS's others.
 */
import { isObject, type Json, type JsonObject } from '../json.ts';
import { expressionIn } from '../jsonata/evaluate.ts';
import { oneOf as checkOneOf, type Report } from './diagnostic.ts';
import { isPath, isReferencePath } from './expressions.ts';
import type { Language, Place } from './walk.ts';

type Check = (value: Json, at: string, report: Report, language: Language) => void;

const oneOf =
  (...values: string[]): Check =>
  (value, at, report) =>
    checkOneOf(values, value, at, report);

const wholeNumber =
  (least: number, most: number): Check =>
  (value, at, report, language) => {
    if (language === 'JSONata' && typeof value === 'string' && expressionIn(value) !== undefined) return;
    if (typeof value !== 'number' || !Number.isInteger(value)) report('Expected value of type Integer', at);
    else if (value < least) report(`Minimum value is ${least}`, at);
    else if (value > most) report(`Maximum value is ${most}`, at);
  };

const anything: Check = () => {};

/** A number read by a path: in JSONPath only, from one place. */
const numberPath =
  (field: string): Check =>
  (value, at, report, language) => {
    if (language === 'JSONata')
      report(
        `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' QueryLanguage`,
        at.slice(0, at.lastIndexOf('/')),
      );
    else if (typeof value !== 'string' || !isPath(value)) report('Value must be a valid JSONPath.', at);
    else if (!isReferencePath(value, false)) report('Value is not a Reference Path', at);
  };

const resource =
  (...actions: string[]): Check =>
  (value, at, report) => {
    const known = /^arn:aws[\w-]*:states:::(.+)$/.exec(String(value))?.[1];
    if (known === undefined || !actions.includes(known)) report('Value is not a valid resource ARN', at);
  };

interface Fields {
  readonly fields: Readonly<Record<string, Check>>;
  readonly required?: readonly string[];
  /** At least one of these. */
  readonly some?: readonly string[];
}

const fits =
  ({ fields, required = [], some }: Fields): Check =>
  (value, at, report, language) => {
    if (!isObject(value)) {
      report('Expected value of type Object', at);
      return;
    }
    const missing = required.filter((field) => value[field] === undefined);
    if (missing.length > 0) report(`These fields are required: [${missing.join(', ')}]`, at);
    if (some && !some.some((field) => value[field] !== undefined))
      report(`These fields are required: [${some[0]}]`, at);
    for (const [field, inner] of Object.entries(value)) {
      const check = fields[field];
      if (check) check(inner, `${at}/${field}`, report, language);
      else report(`Field '${field}' is not supported`, at);
      if (fields[`${field}Path`] && value[`${field}Path`] !== undefined)
        report(`There should only be one of the following fields: [${field}, ${field}Path]`, at);
    }
  };

/** A batch holds so many bytes at most. */
const MOST_BYTES = 262_144;
const ANY_NUMBER = Number.MAX_SAFE_INTEGER;

const READER_CONFIG = fits({
  fields: {
    InputType: oneOf('CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST'),
    ManifestType: oneOf('ATHENA_DATA', 'S3_INVENTORY'),
    Transformation: oneOf('NONE', 'LOAD_AND_FLATTEN'),
    CSVHeaderLocation: oneOf('FIRST_ROW', 'GIVEN'),
    CSVHeaders: anything,
    CSVDelimiter: oneOf('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'),
    ItemsPointer: anything,
    MaxItems: wholeNumber(0, 100_000_000),
    MaxItemsPath: numberPath('MaxItemsPath'),
  },
});

const INNER: Readonly<Record<string, Check>> = {
  ItemReader: fits({
    fields: {
      Resource: resource('s3:getObject', 's3:listObjectsV2'),
      ReaderConfig: READER_CONFIG,
      Parameters: anything,
      Arguments: anything,
    },
    required: ['Resource'],
  }),
  ItemBatcher: fits({
    fields: {
      BatchInput: anything,
      MaxItemsPerBatch: wholeNumber(0, ANY_NUMBER),
      MaxItemsPerBatchPath: numberPath('MaxItemsPerBatchPath'),
      MaxInputBytesPerBatch: wholeNumber(0, MOST_BYTES),
      MaxInputBytesPerBatchPath: numberPath('MaxInputBytesPerBatchPath'),
    },
    some: ['MaxItemsPerBatch', 'MaxItemsPerBatchPath', 'MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'],
  }),
  ResultWriter: fits({
    fields: {
      Resource: resource('s3:putObject'),
      WriterConfig: fits({
        fields: {
          OutputType: oneOf('JSON', 'JSONL'),
          Transformation: oneOf('NONE', 'COMPACT', 'FLATTEN'),
        },
      }),
      Parameters: anything,
      Arguments: anything,
    },
  }),
};

export function checkMapFields({ raw, at, language, report }: Place): void {
  for (const [field, check] of Object.entries(INNER)) {
    const value = raw[field];
    if (value === undefined) continue;
    if (isDistributed(raw)) check(value, `${at}/${field}`, report, language);
    else report(`Field '${field}' is not supported`, at);
  }
}

function isDistributed(raw: JsonObject): boolean {
  const processor = raw.ItemProcessor ?? raw.Iterator;
  const config = isObject(processor) ? processor.ProcessorConfig : undefined;
  return isObject(config) && config.Mode === 'DISTRIBUTED';
}
