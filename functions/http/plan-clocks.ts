import type { CompileMap } from '../../shared/compiler/index.ts';
import { clockOf, triggerWords } from '../../shared/journey/index.ts';
import { clocksOf, dropClock, madeOf, putClock } from '../ports/begins/index.ts';
import type { TransactItem } from '../ports/tables/index.ts';
import { invalid } from './errors.ts';

/**
 * What is written with a version so that its entries by time begin: rows for those that are new or changed, none for those
 * that go on as they were, and those that are gone go.
 *
 * @param now when it is published, ISO 8601, UTC
 * @throws ApiError 422 when a schedule has no moment any more
 */
export async function planClocks(
  journey: string,
  { entries }: CompileMap,
  zone: string,
  now: string,
): Promise<TransactItem[]> {
  const before = await clocksOf(journey);
  const wanted = entries.flatMap(({ node, trigger }) => {
    const clock = clockOf(trigger);
    return clock === undefined ? [] : [{ node, trigger, clock, made: madeOf(trigger, zone) }];
  });
  const gone = before.filter(({ node }) => wanted.every((one) => one.node !== node));
  const fresh = wanted.filter(({ node, made }) => !before.some((one) => one.node === node && one.made === made));
  const put = fresh.map(({ node, trigger, clock, made }) => {
    const at = Date.parse(now);
    // Of dates: at once everybody who has one is planned.
    const next = clock.of === 'audience' ? clock.next(at, at, zone) : at;
    if (next === undefined) throw invalid([never(node, triggerWords(trigger))]);
    const rev = (before.find((one) => one.node === node)?.rev ?? 0) + 1;
    return putClock({ journey, node, made, since: now, dueAt: new Date(next).toISOString(), rev });
  });
  return [...put, ...gone.map(dropClock)];
}

const never = (node: string, when: { zh: string; en: string }) => ({
  code: 'schedule-past',
  severity: 'error' as const,
  node,
  field: 'config.on',
  message: { zh: `「${when.zh}」已经过去，不会再有人进入。`, en: `“${when.en}” has passed; nobody would come in.` },
  next: { zh: '改成将来的时间。', en: 'Choose a moment that is still to come.' },
});
