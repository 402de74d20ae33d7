import { at, parsePath } from '../event-bridge/input/json-path.ts';

/**
 * The part of CloudWatch Logs' filter patterns that people type: words (all must be there), "phrases", -not, ?any, and
 * JSON conditions `{ $.level = "ERROR" && $.ms > 100 }`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export type LineTest = (message: string) => boolean;

/** Undefined for a pattern that is not understood here. */
export function parseFilter(pattern: string): LineTest | undefined {
  const text = pattern.trim();
  if (text === '') return () => true;
  return text.startsWith('{') ? parseJson(text) : parseWords(text);
}

function parseWords(text: string): LineTest | undefined {
  const terms = [...text.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g)].map(([, sign, quoted, word]) => ({
    sign,
    text: (quoted ?? word ?? '').replace(/\\(.)/g, '$1'),
  }));
  if (text.startsWith('[') || text.startsWith('%')) return undefined;
  const of = (sign: string) => terms.filter((term) => term.sign === sign).map((term) => term.text);
  const [all, none, any] = [of(''), of('-'), of('?')];
  return (message) =>
    all.every((term) => message.includes(term)) &&
    !none.some((term) => message.includes(term)) &&
    (any.length === 0 || all.length > 0 || any.some((term) => message.includes(term)));
}

const COMPARE: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
};

/** Alternatives (`||`) of conditions that hold together (`&&`); no brackets. */
function parseJson(text: string): LineTest | undefined {
  const inside = /^\{(.*)\}$/s.exec(text)?.[1];
  if (inside === undefined) return undefined;
  const groups = inside.split('||').map((group) => group.split('&&').map((one) => parseCondition(one.trim())));
  if (groups.flat().some((one) => one === undefined)) return undefined;
  return (message) => {
    let json: unknown;
    try {
      json = JSON.parse(message);
    } catch {
      return false;
    }
    return groups.some((group) => group.every((holds) => holds?.(json)));
  };
}

function parseCondition(text: string): ((json: unknown) => boolean) | undefined {
  const [, selector = '', operator = '', operand = ''] =
    /^(\$[^\s=!<>]*)\s*(=|!=|>=|<=|>|<|EXISTS|NOT EXISTS|IS)\s*(.*)$/s.exec(text) ?? [];
  const path = parsePath(selector);
  if (!path) return undefined;
  if (operator === 'EXISTS' || operator === 'NOT EXISTS')
    return (json) => (at(json, path) !== undefined) === (operator === 'EXISTS');
  if (operator === 'IS') return (json) => String(at(json, path)).toUpperCase() === operand.toUpperCase();
  const compare = COMPARE[operator];
  if (compare) return (json) => compare(Number(at(json, path)), Number(operand));
  const wanted = operand.replace(/^"(.*)"$/s, '$1');
  const pattern = new RegExp(
    `^${wanted
      .split('*')
      .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );
  const equal = (json: unknown) => {
    const value = at(json, path);
    return value !== undefined && pattern.test(typeof value === 'string' ? value : JSON.stringify(value));
  };
  return operator === '=' ? equal : (json) => !equal(json);
}
