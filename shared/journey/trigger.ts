/**
 * What can start, resume or end a journey: an event, or a tag that comes or goes. Kept apart from the document schema,
 * because node kinds use it in their configs and the document schema is built from the node kinds.
 */
import { z } from 'zod';
import { COMPARISONS, type CustomerEvent } from '../events/index.ts';
import { matchesEvent } from '../rules/index.ts';

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

export const triggerSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('event'),
    /** A name, several names, or "*" for any. */
    event: eventNamesSchema,
    /** Names that do not count, for use with "*". */
    except: z.array(z.string().min(1)).max(50).optional(),
    /** All must hold; paths such as "properties.total". */
    where: z.array(propertyTestSchema).max(20).optional(),
  }),
  z.strictObject({ type: z.literal('tagAdded'), key: z.string().min(1).max(200) }),
  z.strictObject({ type: z.literal('tagRemoved'), key: z.string().min(1).max(200) }),
]);

export type Trigger = z.infer<typeof triggerSchema>;

/** Something that happened to a customer, in the two forms that triggers look at. */
export type Happening =
  | { readonly type: 'event'; readonly event: CustomerEvent }
  | { readonly type: 'tag'; readonly op: 'added' | 'removed'; readonly key: string };

/** Does this happening set off this trigger? */
export function matchesTrigger(trigger: Trigger, happening: Happening): boolean {
  if (trigger.type === 'event') return happening.type === 'event' && matchesEvent(trigger, happening.event);
  return (
    happening.type === 'tag' &&
    happening.op === (trigger.type === 'tagAdded' ? 'added' : 'removed') &&
    happening.key === trigger.key
  );
}
