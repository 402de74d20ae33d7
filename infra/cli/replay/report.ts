/** What a journey did, counted from the rows themselves (enrolments and messages), not from the live counters. */
export interface JourneyReport {
  readonly entered: number;
  readonly customers: number;
  /** Messages sent, in all. */
  readonly messages: number;
  /** Messages sent, by the node that sent them. */
  readonly sent: Record<string, number>;
  /** Messages not sent, by reason. */
  readonly notSent: Record<string, number>;
  readonly active: number;
  /** Ended enrolments by outcome (completed, goal, exited, failed, stopped). */
  readonly ended: Record<string, number>;
  /** Enrolments that an event of the customer ended, by the event's name. */
  readonly endedByEvent: Record<string, number>;
}

export interface TenantReport {
  readonly customersPerTag: Record<string, number>;
  readonly journeys: Record<string, JourneyReport>;
}

interface Enrolment {
  readonly id: string;
  readonly customer: string;
  readonly status: string;
  readonly end?: { readonly outcome: string; readonly cause?: { readonly type: string; readonly name: string } };
}

interface Message {
  readonly journey?: string;
  readonly node?: string;
  readonly status: string;
  readonly reason?: string;
}

type Get = (path: string) => Promise<Record<string, unknown>>;

/** Reads everything through the console's own API, page by page. */
export async function tenantReport(get: Get): Promise<TenantReport> {
  const tags = (await get('/api/tags'))['items'] as { key: string; count: number }[];
  const journeys = (await get('/api/journeys'))['items'] as { id: string }[];
  const messages = await pages<Message>(get, '/api/inbox?limit=200');
  const report: Record<string, JourneyReport> = {};
  for (const { id } of journeys) {
    const enrolments = await pages<Enrolment>(get, `/api/executions?journey=${encodeURIComponent(id)}&limit=200`);
    report[id] = journeyReport(
      enrolments,
      messages.filter((message) => message.journey === id),
    );
  }
  return { customersPerTag: Object.fromEntries(tags.map((tag) => [tag.key, tag.count])), journeys: report };
}

function journeyReport(enrolments: readonly Enrolment[], messages: readonly Message[]): JourneyReport {
  const ended = enrolments.filter((enrolment) => enrolment.status !== 'active');
  const sent = messages.filter((message) => message.status === 'sent');
  return {
    entered: enrolments.length,
    customers: new Set(enrolments.map((enrolment) => enrolment.customer)).size,
    messages: sent.length,
    sent: tally(sent.map((message) => message.node ?? '')),
    notSent: tally(
      messages.filter((message) => message.status !== 'sent').map((message) => message.reason ?? message.status),
    ),
    active: enrolments.length - ended.length,
    ended: tally(ended.map((enrolment) => enrolment.status)),
    endedByEvent: tally(ended.flatMap(({ end }) => (end?.cause?.type === 'event' ? end.cause.name : []))),
  };
}

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

async function pages<T>(get: Get, path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await get(cursor === undefined ? path : `${path}&cursor=${encodeURIComponent(cursor)}`);
    items.push(...(page['items'] as T[]));
    cursor = page['cursor'] as string | undefined;
  } while (cursor !== undefined);
  return items;
}
