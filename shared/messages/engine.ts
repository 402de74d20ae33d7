/**
 * Liquid, held on a short lead: it sees only what it is given (own properties, no file system, no clock but the moment
 * passed in), an unknown filter is an error, and time and memory are bounded. `{% abort_message 'reason' %}` gives a
 * message up while it is being written.
 */
import { filters, Liquid, LiquidError, Tag, type TagToken, type Template, type TopLevelToken, Value } from 'liquidjs';
import type { Moment } from './context.ts';
import { maskPhone, money, truncateBytes } from './filters.ts';

/** Thrown by the template itself; carried inside the engine's own error. */
export class MessageAborted extends Error {
  readonly code = 'aborted';
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

class AbortTag extends Tag {
  private readonly value: Value;
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
    super(token, rest, liquid);
    this.value = new Value(token.args.trim() || "''", liquid);
  }
  *render(context: Parameters<Tag['render']>[0]): Generator<unknown, void, unknown> {
    const reason = yield this.value.value(context);
    throw new MessageAborted(String(reason ?? ''));
  }
}

/** Where templates find the moment; not a name that a template can write. */
export const MOMENT = '\u0000moment';

function createEngine(): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    templates: {},
    parseLimit: 100_000,
    renderLimit: 1_000,
    memoryLimit: 1_000_000,
  });
  engine.registerFilter('money', money);
  engine.registerFilter('mask_phone', maskPhone);
  engine.registerFilter('truncate_bytes', truncateBytes);
  const date = (filters as unknown as Record<string, (...args: unknown[]) => unknown>)['date']!;
  engine.registerFilter('date', function (value: unknown, format?: unknown, zone?: unknown) {
    const moment = (this.context.globals as Record<string, unknown>)[MOMENT] as Moment | undefined;
    const instant = value === 'now' || value === 'today' ? moment?.now : value;
    return instant === undefined || instant === null ? '' : date.call(this, instant, format, zone ?? moment?.zone);
  });
  engine.registerTag('abort_message', AbortTag);
  return engine;
}

export const engine: Liquid = createEngine();

/** What is wrong with a template, and where; undefined when it parses. */
export function templateFault(template: string): { message: string; line: number; column: number } | undefined {
  try {
    engine.parse(template);
    return undefined;
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    const [line, column] = error.token.getPosition();
    return {
      message: error.message.replace(/, line:\d+.*$/s, '').replace(/, file:.*$/s, ''),
      line: line ?? 1,
      column: column ?? 1,
    };
  }
}

const MOST_KEPT = 500;
const kept = new Map<string, Template[]>();

/** The template in a text; those of the last few hundred texts are kept, since a journey sends the same to thousands. */
export function templateIn(text: string): Template[] {
  let template = kept.get(text);
  if (template === undefined) {
    template = engine.parse(text);
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
    kept.set(text, template);
  }
  return template;
}
