import { z } from 'zod';
import { COMPARISONS } from '../../events/index.ts';
import { eventWords, exceptionWords, matchesEvent } from '../../rules/index.ts';
import { defineTrigger } from './define-trigger.ts';

export const eventNamesSchema = z.union([
  z.string().min(1).max(200),
  z.array(z.string().min(1).max(200)).min(1).max(50),
]);

/** One comparison of a value of the event; `exists` alone needs no value. */
export const propertyTestSchema = z.strictObject({
  path: z.string().regex(/^[A-Za-z_$][\w$-]*(\.[\w$-]+)*$/),
  op: z.enum(COMPARISONS),
  value: z.unknown().optional(),
});

const schema = z.strictObject({
  type: z.literal('event'),
  /** A name, several names, or "*" for any. */
  event: eventNamesSchema.meta({ label: { zh: '事件', en: 'Event' }, widget: 'event-name' }),
  /** Names that do not count, for use with "*". */
  except: z.array(z.string().min(1)).max(50).optional(),
  /** All must hold; paths such as "properties.total". */
  where: z.array(propertyTestSchema).max(20).optional(),
});

export const event = defineTrigger({
  type: 'event',
  label: { zh: '事件', en: 'Event' },
  schema,
  blank: { type: 'event', event: 'Order Completed' },
  events: (trigger) => [trigger.event].flat(),
  tags: () => [],
  segments: () => [],
  matches: (trigger, happening) => happening.type === 'event' && matchesEvent(trigger, happening.event),
  isTrueNow: (trigger, { events }) => events.some((one) => matchesEvent(trigger, one)),
  then: ({ type: _, ...filter }) => [[{ did: filter }, true]],
  words: (trigger) => {
    const names = [trigger.event].flat();
    const except = trigger.except?.length ? exceptionWords(trigger.except) : undefined;
    const only = trigger.where?.length ? { zh: '（有条件）', en: ' (filtered)' } : { zh: '', en: '' };
    const rest = {
      zh: (except ? `（不含${except.zh}）` : '') + only.zh,
      en: (except ? ` (not ${except.en})` : '') + only.en,
    };
    if (names.includes('*')) return { zh: `任意事件${rest.zh}`, en: `any event${rest.en}` };
    const said = names.map(eventWords);
    return {
      zh: `事件${said.map(({ zh }) => `「${zh}」`).join('')}${rest.zh}`,
      en: `event ${said.map(({ en }) => en).join(', ')}${rest.en}`,
    };
  },
});
