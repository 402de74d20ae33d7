/** The fields that a state must have, and the values they may hold. */
import { isObject, type Json, type JsonObject } from '../json.ts';
import { expressionIn } from '../jsonata/evaluate.ts';
import { isOffered, parseResource } from '../tasks/resource.ts';
import { parseTimestamp } from '../time.ts';
import { oneOf, type Report } from './diagnostic.ts';
import type { Place } from './walk.ts';

/** Fields that every kind of state may have. */
const COMMON: ReadonlySet<string> = new Set(['Type', 'Comment', 'QueryLanguage']);
/** Those of a state that goes on, or ends its machine. */
const GOES_ON: ReadonlySet<string> = new Set(['Next', 'End']);
/** Fields of a whole machine. */
const MACHINE: ReadonlySet<string> = new Set([
  'Comment',
  'QueryLanguage',
  'StartAt',
  'States',
  'TimeoutSeconds',
  'Version',
]);

/** A machine's own fields. AWS refuses a name that it does not know. */
export function checkMachineFields(raw: JsonObject, at: string, report: Report): void {
  for (const field of Object.keys(raw)) if (!MACHINE.has(field)) report(notSupported(field), at);
}

/** Those of a machine inside a state, which takes its language from the whole. */
export function checkInnerMachineFields(raw: JsonObject, at: string, report: Report): void {
  const { QueryLanguage, ProcessorConfig, ...own } = raw;
  if (QueryLanguage !== undefined) report(notSupported('QueryLanguage'), at);
  checkMachineFields(own, at, report);
  if (ProcessorConfig !== undefined) checkProcessorConfig(ProcessorConfig, `${at}/ProcessorConfig`, report);
}

const PROCESSOR_CONFIG: Readonly<Record<string, readonly string[]>> = {
  Mode: ['INLINE', 'DISTRIBUTED'],
  ExecutionType: ['STANDARD', 'EXPRESS'],
};

function checkProcessorConfig(config: Json, at: string, report: Report): void {
  if (!isObject(config)) {
    report('Expected value of type Object', at);
    return;
  }
  for (const [field, value] of Object.entries(config)) {
    const values = PROCESSOR_CONFIG[field];
    if (!values) report(notSupported(field), at);
    else oneOf(values, value, `${at}/${field}`, report);
  }
  if (config.Mode === 'DISTRIBUTED' && config.ExecutionType === undefined)
    report('These fields are required: [ExecutionType]', at);
}

function notSupported(field: string): string {
  return `Field '${field}' is not supported`;
}

export function checkFields(place: Place): void {
  const { raw, kind, at, report } = place;
  const missing = (kind.required?.[place.language] ?? kind.required?.any ?? []).filter(
    (field) => !field.split('|').some((name) => raw[name] !== undefined),
  );
  if (missing.length > 0)
    report(`These fields are required: [${missing.map((field) => field.split('|')[0]).join(', ')}]`, at);
  for (const field of Object.keys(raw)) {
    const known = COMMON.has(field) || (kind.flow === 'next-or-end' && GOES_ON.has(field));
    if (!known && !kind.fields.includes(field)) report(notSupported(field), at);
  }
  for (const field of ['Branches', 'Choices']) {
    const value = raw[field];
    if (Array.isArray(value) && value.length === 0) report('Value cannot be empty', `${at}/${field}`);
  }
  checkResource(place);
  checkExclusive(place);
  checkTypes(place);
  const { Timestamp: timestamp, Label: label } = raw;
  if (typeof timestamp === 'string') {
    const evaluated = place.language === 'JSONata' && expressionIn(timestamp) !== undefined;
    if (!evaluated && parseTimestamp(timestamp) === undefined) {
      report('String does not match RFC3339 timestamp', `${at}/Timestamp`);
    }
  }
  if (typeof label === 'string') checkLabel(label, (message) => report(message, `${at}/Label`, 'INVALID_LABEL_NAME'));
  if (
    isObject(raw.Credentials) &&
    raw.Credentials.RoleArn === undefined &&
    raw.Credentials['RoleArn.$'] === undefined
  ) {
    report("The field 'RoleArn' is required but was missing", `${at}/Credentials`);
  }
}

/** A field and its twin ending in Path, and what else the kind says: only one of them may be given. */
function checkExclusive({ raw, kind, at, report }: Place): void {
  const twins = kind.fields
    .filter((field) => kind.fields.includes(`${field}Path`))
    .map((field) => [field, `${field}Path`]);
  for (const group of [...(kind.exclusive ?? twins), ['Next', 'End']]) {
    const given = group.filter((field) => raw[field] !== undefined);
    if (given.length > 1) report(`There should only be one of the following fields: [${given.join(', ')}]`, at);
  }
}

/** Fields that hold one type whatever the query language. */
const TYPES: Readonly<Record<string, readonly [type: string, is: (value: Json) => boolean]>> = {
  Comment: ['String', (value) => typeof value === 'string'],
  Resource: ['String', (value) => typeof value === 'string'],
  End: ['Boolean', (value) => typeof value === 'boolean'],
  Branches: ['Array', Array.isArray],
  Choices: ['Array', Array.isArray],
  Retry: ['Array', Array.isArray],
  Catch: ['Array', Array.isArray],
  Credentials: ['Object', isObject],
};

function checkTypes({ raw, at, report }: Place): void {
  for (const [field, [type, is]] of Object.entries(TYPES)) {
    const value = raw[field];
    if (value !== undefined && !is(value)) report(`Expected value of type ${type}`, `${at}/${field}`);
  }
}

/** A distributed Map's label becomes part of ARNs (AWS: at most 40 characters, no wildcards, brackets, control characters). */
function checkLabel(label: string, report: (message: string) => void): void {
  if (label === '') report('Label cannot be empty');
  else if (label.length > 40) report('Label cannot exceed 40 characters');
  const wrong = /[\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]/u.exec(label)?.[0];
  if (wrong !== undefined) report(`Label contains invalid character: ${JSON.stringify(wrong)}`);
}

const NOT_RECOGNIZED = 'The value is not a valid resource ARN, or the resource is not available in this region.';

function checkResource({ raw, at, report, type }: Place): void {
  if (typeof raw.Resource !== 'string') return;
  const resource = parseResource(raw.Resource);
  if (!resource) {
    report('Value is not a valid resource ARN', `${at}/Resource`);
    return;
  }
  if (!isOffered(resource)) {
    report(`The resource provided ${raw.Resource} is not recognized. ${NOT_RECOGNIZED}`, `${at}/Resource`);
    return;
  }
  if (type !== 'EXPRESS' || resource.pattern === 'request') return;
  const suffix = resource.pattern === 'callback' ? '.waitForTaskToken' : `.${resource.action?.split('.')[1]}`;
  if (resource.family === 'activity') report('Express state machine does not support Activity ARN', `${at}/Resource`);
  else report(`Express state machine does not support '${suffix}' service integration `, `${at}/Resource`);
}
