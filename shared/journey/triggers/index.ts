/**
 * The registry of triggers: what can start, resume or end a journey. Kept apart from the document schema, because node
 * kinds use triggers in their configs and the document schema is built from the node kinds.
 */
import { z } from 'zod';
import { BY_KEY, type Fact, type Names } from '../../rules/index.ts';
import type { Words } from '../../words.ts';
import type { Clock, Standing, TriggerKind } from './define-trigger.ts';
import { event } from './event.ts';
import { type Happening, isMeantFor, NAME, nameOfHappening } from './happenings.ts';
import { schedule } from './schedule.ts';
import { segmentEntered } from './segment-entered.ts';
import { segmentLeft } from './segment-left.ts';
import { tagAdded } from './tag-added.ts';
import { tagRemoved } from './tag-removed.ts';
import { traitDate } from './trait-date.ts';

export type { Clock, Occasion, Standing, TriggerKind } from './define-trigger.ts';
export { eventNamesSchema, propertyTestSchema } from './event.ts';
export { became, type Happening, passes, traitsBrought } from './happenings.ts';
export { expressionSchema } from './schedule.ts';
export { TRAIT_PATH } from './trait-date.ts';

/** By type, in the order in which forms offer them. */
export const TRIGGERS = { event, tagAdded, tagRemoved, segmentEntered, segmentLeft };

export const triggerSchema = z.discriminatedUnion('type', [
  event.schema,
  tagAdded.schema,
  tagRemoved.schema,
  segmentEntered.schema,
  segmentLeft.schema,
]);

/** With what begins by time: it lets customers in, and neither resumes nor ends. */
const KINDS = { ...TRIGGERS, schedule, traitDate };

export type Trigger = z.infer<typeof triggerSchema | typeof schedule.schema | typeof traitDate.schema>;

/** The kind of a trigger; its type is forgotten, since whoever looks up does not ask which one it is. */
const kindOf = ({ type }: Trigger): TriggerKind<Trigger> => KINDS[type] as unknown as TriggerKind<Trigger>;

/** Does this happening set off this trigger? */
export const matchesTrigger = (trigger: Trigger, happening: Happening): boolean =>
  kindOf(trigger).matches(trigger, happening);

/** Has it happened already, or is it so now? */
export const isTrueNow = (trigger: Trigger, standing: Standing): boolean =>
  kindOf(trigger).isTrueNow(trigger, standing);

/** Names of the events that may set it off; "*" for any. */
export const eventsOfTrigger = (trigger: Trigger): readonly string[] => kindOf(trigger).events(trigger);

export const tagsOfTrigger = (trigger: Trigger): readonly string[] => kindOf(trigger).tags(trigger);

export const segmentsOfTrigger = (trigger: Trigger): readonly string[] => kindOf(trigger).segments(trigger);
/** What is so of a customer right after it happened. */
export const factsAfter = (trigger: Trigger): readonly Fact[] => kindOf(trigger).then(trigger);

/** The moments of what begins by time; undefined for all others. */
export const clockOf = (trigger: Trigger): Clock | undefined => kindOf(trigger).clock?.(trigger);

/** Does this happening let a customer in by this entry of the journey? */
export const opens = (
  journey: string,
  { node, trigger }: { readonly node: string; readonly trigger: Trigger },
  happening: Happening,
): boolean =>
  clockOf(trigger) === undefined ? matchesTrigger(trigger, happening) : isMeantFor(happening, journey, node);

/**
 * Whether a happening sets off any of many triggers, without asking all of them: they are filed by what they wait for.
 * What has no name was meant for one entry alone, and whoever wrote it knew that entry.
 */
export function setOffAny(triggers: readonly Trigger[]): (happening: Happening) => boolean {
  const filed = new Map<string, Trigger[]>();
  for (const trigger of triggers) {
    for (const name of namesOf(trigger)) filed.set(name, [...(filed.get(name) ?? []), trigger]);
  }
  return (happening) => {
    const name = nameOfHappening(happening);
    if (name === undefined) return true;
    return [...(filed.get(name) ?? []), ...(filed.get(ANY) ?? [])].some((one) => matchesTrigger(one, happening));
  };
}

const ANY = NAME.event('*');

const namesOf = (trigger: Trigger): string[] => [
  ...eventsOfTrigger(trigger).map(NAME.event),
  ...tagsOfTrigger(trigger).map(NAME.tag),
  ...segmentsOfTrigger(trigger).map(NAME.segment),
];

/** A trigger as people say it. */
export const triggerWords = (trigger: Trigger, names: Names = BY_KEY): Words => kindOf(trigger).words(trigger, names);
