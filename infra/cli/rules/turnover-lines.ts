import type { BackfillShown, Estimate } from '../../../shared/tags/index.ts';

const number = (value: number): string => value.toLocaleString('en-US');

/** How far it is, in a line; with `tags` who gains and loses what, and what is not known. */
export function turnoverLines(job: BackfillShown, tags: boolean): string[] {
  const { tally, exact } = job;
  const what = job.dryRun ? 'dry run' : job.doing === 'undo' ? 'undo' : 'backfill';
  const first = `${what} ${job.id} of version ${job.version}: ${job.status}, ${number(tally.seen)} of ${number(job.total)}, ${number(tally.changed)} with other tags`;
  if (!tags) return [first];
  const counted = (count: number, range: Estimate | undefined) =>
    exact || range === undefined
      ? number(count)
      : `about ${number(range.value)} (${number(range.low)}–${number(range.high)})`;
  const some = (ids: readonly string[]) => (ids.length === 0 ? '' : `  ${ids.slice(0, 5).join(', ')}`);
  return [
    first,
    ...tally.tags.flatMap(({ key, gained, lost, gainedIds, lostIds, estimates }) => [
      ...(gained > 0 ? [`+ ${key}: ${counted(gained, estimates?.gained)}${some(gainedIds)}`] : []),
      ...(lost > 0 ? [`- ${key}: ${counted(lost, estimates?.lost)}${some(lostIds)}`] : []),
    ]),
    ...(exact ? [] : [`Looked at ${number(tally.worked)} customers; in brackets the limits of 95 % confidence.`]),
    ...(tally.partly > 0
      ? [`Of ${number(tally.partly)} customers not all events are kept any more: new rules know only what is kept.`]
      : []),
    ...(tally.failed > 0
      ? [`${number(tally.failed)} could not be worked: ${tally.failedIds.slice(0, 5).join(', ')}`]
      : []),
    ...(job.problem ? [job.problem.message.en, job.problem.next.en] : []),
  ];
}
