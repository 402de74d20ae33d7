/** What is allowed and probably not meant (AWS's three warnings). The words are ours; AWS documents only the codes. */
import { isIntrinsic } from '../intrinsics/parse.ts';
import { isObject, type Json } from '../json.ts';
import type { DefinitionDiagnostic, DiagnosticCode } from './diagnostic.ts';
import type { Place } from './walk.ts';

/** Fields whose value is a template: a member is a path only when its name ends in `.$`. */
const TEMPLATES = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign'];
/** Fields that have a twin ending in Path. */
const WITH_PATH = [
  'Seconds',
  'Timestamp',
  'Error',
  'Cause',
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'MaxConcurrency',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
];

const looksLikePath = (value: Json): value is string =>
  typeof value === 'string' && (/^\$(\$|\.|\[|$)/.test(value) || isIntrinsic(value));

/** Warnings about one state. JSONata states have no paths to be mistaken about. */
export function warningsAbout({ raw, language, at }: Place): DefinitionDiagnostic[] {
  if (language === 'JSONata') return [];
  const found: DefinitionDiagnostic[] = [];
  const warn = (code: DiagnosticCode, message: string, location: string) =>
    found.push({ severity: 'WARNING', code, message, location });
  const inTemplate = (value: Json, place: string): void => {
    if (Array.isArray(value)) for (const [i, item] of value.entries()) inTemplate(item, `${place}[${i}]`);
    else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        if (looksLikePath(item) && !key.endsWith('.$'))
          warn('NO_DOLLAR', `The value of '${key}' looks like a path or a function, but its name lacks '.$'`, place);
        else inTemplate(item, `${place}/${key}`);
      }
    }
  };
  const inResult = (value: Json, place: string): void => {
    if (looksLikePath(value)) warn('PASS_RESULT_IS_STATIC', 'A path in Result is not evaluated', place);
    else if (Array.isArray(value)) for (const [i, item] of value.entries()) inResult(item, `${place}[${i}]`);
    else if (isObject(value)) for (const [key, item] of Object.entries(value)) inResult(item, `${place}/${key}`);
  };
  for (const field of TEMPLATES) if (raw[field] !== undefined) inTemplate(raw[field], `${at}/${field}`);
  for (const field of WITH_PATH) {
    if (raw[field] !== undefined && looksLikePath(raw[field]))
      warn(
        'NO_PATH',
        `The value of '${field}' looks like a path, but the field's name does not end with 'Path'`,
        `${at}/${field}`,
      );
  }
  if (raw.Result !== undefined) inResult(raw.Result, `${at}/Result`);
  return found;
}
