import type { CompileMap } from '../../../shared/compiler/index.ts';
import { query } from '../tables/index.ts';
import { endedField, livePk, TOTAL, TOTALS } from './keys.ts';

const OUTCOMES = ['completed', 'goal', 'exited', 'failed', 'stopped'] as const;
const num = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Per journey, all versions together. */
export async function journeyTotals(): Promise<Map<string, { entered: number; active: number }>> {
  const rows = await query('metrics', { pk: TOTALS, prefix: '' });
  return new Map(
    rows.map((row) => [row.sk, { entered: num(row['entered']), active: num(row['entered']) - num(row['ended']) }]),
  );
}

export interface NodeNumbers {
  /** Customers at the node now, as far as steps have told (docs/decisions/0004). */
  readonly here: number;
  readonly arrived: number;
  readonly passed: Readonly<Record<string, number>>;
}

/** The live numbers of a version. */
export async function liveNumbers(journey: string, { version, map }: { version: number; map: CompileMap }) {
  const rows = await query('metrics', { pk: livePk(journey, version), prefix: '' });
  const total = rows.find((row) => row.sk === TOTAL) ?? {};
  const passed: Record<string, Record<string, number>> = {};
  const endedAt: Record<string, number> = {};
  for (const { sk, ended, ...fields } of rows) {
    if (!sk.startsWith('n#')) continue;
    const node = sk.slice(2);
    endedAt[node] = num(ended);
    passed[node] = Object.fromEntries(
      Object.entries(fields).flatMap(([field, n]) => (field.startsWith('passed:') ? [[field.slice(7), num(n)]] : [])),
    );
  }
  const arrived: Record<string, number> = {};
  for (const [node, outlets] of Object.entries(map.next)) {
    for (const [outlet, next] of Object.entries(outlets)) {
      if (next !== null) arrived[next] = (arrived[next] ?? 0) + (passed[node]?.[outlet] ?? 0);
    }
  }
  for (const { node } of map.entries) arrived[node] = sum(passed[node] ?? {});
  const nodes = Object.fromEntries(
    Object.keys({ ...map.next, ...arrived }).map((node): [string, NodeNumbers] => {
      const out = passed[node] ?? {};
      const here = (arrived[node] ?? 0) - sum(out) - (endedAt[node] ?? 0);
      return [node, { here, arrived: arrived[node] ?? 0, passed: out }];
    }),
  );
  const ended = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, num(total[endedField(outcome) as never])]));
  const entered = num(total['entered' as never]);
  return { version, entered, active: entered - sum(ended), nodes, ended };
}

const sum = (numbers: Readonly<Record<string, number>>): number => Object.values(numbers).reduce((a, b) => a + b, 0);
