import { type UnderTouched, underTouched } from '../../shared/messages/index.ts';
import { estimated, everybody } from '../../shared/segments/index.ts';
import { type Cap, DEFAULT_CAPS, type Ruleset } from '../../shared/tags/index.ts';
import type { Words } from '../../shared/words.ts';
import { now } from '../ports/clock/index.ts';
import { sentInstants } from '../ports/messages/index.ts';
import type { Loaded } from '../ports/profiles/index.ts';
import { segmentSets } from '../ports/segments/index.ts';
import { membersOf } from './members-of.ts';

/** So many are named of those who hear too little. */
const SOME = 5;

/** The lower numbers that this customer is under, with why. */
export function hintsFor({ state, stops }: Loaded, sent: readonly string[], ruleset: Ruleset): readonly UnderTouched[] {
  const { traits, tags, segments, firstSeenAt } = state;
  const events = Object.values(stops.events);
  return underTouched(ruleset, { traits, tags, segments, firstSeenAt, sent, events }, now());
}

/**
 * By each lower number how many customers are under it: exact up to 2,000 customers, else an estimate from a fair sample.
 * What ids merged into a customer's were sent counts from her next message on.
 */
export async function underTouchedCounts(ruleset: Ruleset, families: readonly string[]) {
  const [{ members, total: known }, sets] = await Promise.all([membersOf({}, families), segmentSets()]);
  const total = Math.max(known ?? everybody(sets), members.length);
  const sent = await sentInstants(members.map(({ customer }) => customer));
  const hits = members.flatMap((member) =>
    hintsFor(member, sent.get(member.customer) ?? [], ruleset).map(({ name }) => ({ id: member.customer, name })),
  );
  const items = withLeast(ruleset).map(({ name, least, within }) => {
    const under = hits.filter((hit) => hit.name.zh === name.zh && hit.name.en === name.en).map(({ id }) => id);
    return { name, least, within, ...estimated(under.length, members.length, total), some: under.slice(0, SOME) };
  });
  return { at: now(), items, sampled: members.length, customers: total };
}

const withLeast = ({ caps = DEFAULT_CAPS, segments = [] }: Ruleset) =>
  [
    ...caps.lifecycle,
    ...segments.flatMap(({ name, cap }): (Cap & { name: Words })[] => (cap ? [{ ...cap, name }] : [])),
  ].flatMap(({ name, least, within }) => (least === undefined ? [] : [{ name, least, within }]));
