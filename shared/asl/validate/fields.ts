/** The fields that a state must have, and the values they may hold. */
import { isObject, type JsonObject } from '../json.ts';
import { expressionIn } from '../jsonata/evaluate.ts';
import { parseResource } from '../tasks/resource.ts';
import { parseTimestamp } from '../time.ts';
import type { Report } from './diagnostic.ts';
import type { Place } from './walk.ts';

/** Fields that every kind of state may have. */
const COMMON: ReadonlySet<string> = new Set(['Type', 'Comment', 'QueryLanguage', 'Next', 'End']);
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
export function checkMachineFields(raw: JsonObject, report: Report): void {
  for (const field of Object.keys(raw)) if (!MACHINE.has(field)) report(notSupported(field), '');
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
    if (!kind.fields.includes(field) && !COMMON.has(field)) report(notSupported(field), at);
  }
  for (const field of ['Branches', 'Choices']) {
    const value = raw[field];
    if (Array.isArray(value) && value.length === 0) report('Value cannot be empty', `${at}/${field}`);
  }
  checkResource(place);
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
  for (const field of ['Retry', 'Catch']) {
    const entries = raw[field];
    if (!Array.isArray(entries)) continue;
    for (const [i, entry] of entries.entries()) {
      if (!isObject(entry) || !Array.isArray(entry.ErrorEquals) || entry.ErrorEquals.length === 0) {
        report('These fields are required: [ErrorEquals]', `${at}/${field}[${i}]`);
      }
    }
  }
}

/** A distributed Map's label becomes part of ARNs (AWS: at most 40 characters, no wildcards, brackets, control characters). */
function checkLabel(label: string, report: (message: string) => void): void {
  if (label === '') report('Label cannot be empty');
  else if (label.length > 40) report('Label cannot exceed 40 characters');
  const wrong = /[\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]/u.exec(label)?.[0];
  if (wrong !== undefined) report(`Label contains invalid character: ${JSON.stringify(wrong)}`);
}

function checkResource({ raw, at, report, type }: Place): void {
  if (typeof raw.Resource !== 'string') return;
  const resource = parseResource(raw.Resource);
  if (!resource) {
    report('Value is not a valid resource ARN', `${at}/Resource`);
    return;
  }
  if (type !== 'EXPRESS' || resource.pattern === 'request') return;
  const suffix = resource.pattern === 'callback' ? '.waitForTaskToken' : `.${resource.action?.split('.')[1]}`;
  if (resource.family === 'activity') report('Express state machine does not support Activity ARN', `${at}/Resource`);
  else report(`Express state machine does not support '${suffix}' service integration `, `${at}/Resource`);
}
