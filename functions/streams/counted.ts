import type { Enrolment } from '../ports/enrolments/index.ts';
import { type CountedChange, endedField, livePk, nodeSk, passedField, TOTAL, TOTALS } from '../ports/metrics/index.ts';

/** What one write of an enrolment adds to the counters: the difference between the row after and before it. */
export function counted(after: Enrolment, before: Enrolment | undefined): CountedChange {
  const { journey, version, customer, id, rev } = after;
  const add: Record<string, Record<string, number>> = {};
  const more = (row: string, field: string, amount: number) => {
    add[row] ??= {};
    add[row][field] = (add[row][field] ?? 0) + amount;
  };
  const total = `${livePk(journey, version)}|${TOTAL}`;
  const node = (name: string) => `${livePk(journey, version)}|${nodeSk(name)}`;
  const totals = `${TOTALS}|${journey}`;
  if (before === undefined) {
    more(total, 'entered', 1);
    more(totals, 'entered', 1);
  }
  for (const [key, { outlet }] of Object.entries(after.path)) {
    if (before?.path[key] === undefined) more(node(key.slice(0, key.lastIndexOf('#'))), passedField(outlet), 1);
  }
  const ends = (enrolment: Enrolment, amount: number) => {
    if (enrolment.status === 'active') return;
    more(total, endedField(enrolment.status), amount);
    more(totals, 'ended', amount);
    // null: she went off the end of the path, so her last passage is counted already.
    if (enrolment.at !== null) more(node(enrolment.at), 'ended', amount);
  };
  if (before !== undefined) ends(before, -1);
  ends(after, 1);
  return { customer, enrolment: id, rev, add };
}
