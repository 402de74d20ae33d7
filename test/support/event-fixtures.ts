import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BusEnvelope } from '../../shared/events/adapters/adapter.ts';
import { type CustomerEvent, readEnvelope } from '../../shared/events/index.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'shared', 'events', 'adapters', 'fixtures');
export const NOW = '2026-11-26T00:00:00.000Z';

export const fixtureNames = (): string[] => readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));

/** An event as it was captured on a bus, ids and people changed; `change` goes over the detail. */
export function fixture(name: string, change: (detail: Json) => void = () => {}): BusEnvelope {
  const {
    id,
    source,
    time,
    detail,
    'detail-type': detailType,
  } = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
  change(detail);
  return { id, source, time, detail, detailType };
}

// biome-ignore lint/suspicious/noExplicitAny: details of other systems, changed by stories
export type Json = any;

export function eventsOf(envelope: BusEnvelope): CustomerEvent[] {
  const read = readEnvelope(envelope, NOW);
  if (!read.ok) throw new Error(JSON.stringify(read.diagnostics));
  return read.events.map(({ event }) => event);
}

export function problemOf(envelope: BusEnvelope): { code: string; field?: string; zh: string; en: string } {
  const read = readEnvelope(envelope, NOW);
  if (read.ok) throw new Error('It was let through');
  const { code, field, next } = read.diagnostics[0]!;
  return { code, ...(field === undefined ? {} : { field }), ...next };
}
