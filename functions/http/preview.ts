import { Hono } from 'hono';
import { z } from 'zod';
import {
  clockOf,
  eventsOfTrigger,
  type Graph,
  graphOf,
  matchesTrigger,
  parseDraft,
} from '../../shared/journey/index.ts';
import {
  allHolds,
  contextOf,
  type MessageContext,
  missingVariables,
  render,
  templateFault,
} from '../../shared/messages/index.ts';
import { type EntryCause, type Facts, type Send, sendsIn } from '../../shared/nodes/index.ts';
import { readPath, splitPath } from '../../shared/rules/index.ts';
import { now, nowMs } from '../ports/clock/index.ts';
import { environment } from '../ports/environment.ts';
import { readDraft } from '../ports/journeys/index.ts';
import { sentLogOf } from '../ports/messages/index.ts';
import { keptEvents, type Loaded, loadState } from '../ports/profiles/index.ts';
import { currentRules } from '../ports/ruleset/index.ts';
import { listSegmentMembers } from '../ports/segments/index.ts';
import { sendFacts } from '../steps/send-facts.ts';
import { zoneOf } from '../steps/situation.ts';
import { known, listed } from './customer-search.ts';
import { ApiError, invalid, notFound, THIS_JOURNEY } from './errors.ts';
import { readBody } from './read.ts';
import { allow, type Env } from './roles.ts';
import { segmentIn } from './segments/index.ts';

export const preview = new Hono<Env>();

/**
 * What a customer would read at a node of a draft, if she came to it now: rendered with her profile and what would have
 * let her in; which variables have no value; all that would stop it. Nothing is written. She is seen unmasked, so not by everybody.
 */
preview.post('/api/journeys/:id/preview', allow('marketer'), async (context) => {
  const shape = z.object({
    node: z.string(),
    document: z.unknown().optional(),
    customer: z.string().min(1).optional(),
    /** One of this segment; `cursor` of the last answer leads to the next. */
    segment: z.string().min(1).optional(),
    cursor: z.string().max(4000).optional(),
  });
  const wanted = await readBody(context, shape);
  const document = wanted.document ?? (await readDraft(context.req.param('id')))?.document;
  if (document === undefined) throw notFound(THIS_JOURNEY);
  const parsed = parseDraft(document);
  if (!parsed.ok) throw invalid(parsed.diagnostics);
  const graph = graphOf(parsed.journey);
  const { who, cursor } = await chosen(wanted);
  const cause = await causeFor(who, graph);
  const facts = factsOf(who, graph, wanted.node, cause);
  const messages = await Promise.all(
    sendsOf(graph, wanted.node, facts).map((effect) => shown(effect, who, graph, facts, cause)),
  );
  return context.json({ customer: listed(true)(who), cause, messages, cursor });
});

/** The customer that was named, or the next of the segment. */
async function chosen({
  customer,
  segment,
  cursor,
}: {
  readonly customer?: string | undefined;
  readonly segment?: string | undefined;
  readonly cursor?: string | undefined;
}): Promise<{ who: Loaded; cursor?: string }> {
  if (customer !== undefined) {
    const who = await loadState(customer);
    if (who.version === 0) throw notFound({ zh: '这位客户', en: 'This customer' });
    return { who };
  }
  if (segment === undefined) throw new ApiError(422, NOBODY_CHOSEN);
  segmentIn((await currentRules()).ruleset, segment);
  let from = cursor;
  do {
    const page = await listSegmentMembers(segment, from, 1);
    const [who] = (await known(page.items)).filter(({ state }) => segment in state.segments);
    from = page.cursor;
    if (who !== undefined) return { who, ...(from !== undefined && { cursor: from }) };
  } while (from !== undefined);
  throw new ApiError(404, NOBODY_IN_IT);
}

/** What would have let her in: the newest of her events that does, or her date; undefined when nothing has. */
async function causeFor({ customer, state }: Loaded, { entries }: Graph): Promise<EntryCause | undefined> {
  const triggers = entries.map(({ kind, config }) => kind.entry!(config));
  const names = triggers.flatMap(eventsOfTrigger);
  const events = names.length === 0 ? [] : await keptEvents(customer, names.includes('*') ? '*' : names);
  const event = events.findLast((one) =>
    triggers.some((trigger) => matchesTrigger(trigger, { type: 'event', event: one })),
  );
  if (event !== undefined) {
    return { type: 'event', name: event.name, messageId: event.id, at: event.at, properties: event.properties };
  }
  for (const trigger of triggers) {
    const clock = clockOf(trigger);
    if (clock?.of !== 'customer') continue;
    const next = clock.next(state.traits, nowMs(), environment('TENANT_ZONE'));
    const date = readPath({ ...state.traits }, splitPath(clock.name));
    if (next === undefined) continue;
    const at = new Date(next.at).toISOString();
    return { type: trigger.type, name: clock.name, at, properties: { occasion: next.occasion, date } };
  }
  return undefined;
}

function factsOf(
  { customer, state }: Loaded,
  { journey }: Graph,
  nodeId: string,
  cause: EntryCause | undefined,
): Facts {
  const { traits, tags, segments, stage } = state;
  const at = now();
  return {
    now: at,
    zone: zoneOf(traits) ?? journey.zone ?? environment('TENANT_ZONE'),
    customer: { id: customer, traits, tags, segments, ...(stage !== undefined && { stage }) },
    enrolment: {
      id: 'preview',
      journey: journey.id,
      version: 0,
      enteredAt: at,
      cause: cause ?? { type: 'manual', name: 'preview', at },
    },
    nodeEnteredAt: at,
    nodeId,
    events: [],
  };
}

/** @throws ApiError 404 when there is no such node, 422 when its settings are not sound or it sends nothing */
function sendsOf(graph: Graph, id: string, facts: Facts): readonly Send[] {
  const found = graph.node(id);
  if (found === undefined) {
    const there = graph.journey.nodes.some((node) => node.id === id);
    if (!there) throw notFound({ zh: '这个节点', en: 'This node' });
    throw new ApiError(422, HALF_DONE);
  }
  const sends = sendsIn(found.kind.needs.includes('send') ? found.kind.decide?.(found.config, facts) : undefined);
  if (sends.length === 0) throw new ApiError(422, SENDS_NOTHING);
  return sends;
}

async function shown(effect: Send, who: Loaded, { journey }: Graph, facts: Facts, cause: EntryCause | undefined) {
  const { ruleset } = await currentRules();
  const { traits, tags } = who.state;
  const customer = { id: who.customer, traits, tags };
  const passing = { status: 'active', sentBefore: false };
  const stops = await sendFacts(effect, facts, customer, who, await sentLogOf(who), passing, ruleset);
  const context: MessageContext = contextOf(customer, cause, { id: journey.id, name: journey.name });
  const { title, body } = effect.template;
  const templates = [title ?? '', body].filter((text) => text !== '' && templateFault(text) === undefined);
  return {
    channel: effect.channel,
    rendered: render(effect.template, context, facts, stops.channel),
    missing: missingVariables(templates, context),
    stops: allHolds(stops).map(({ hold, words }) => ({ reason: hold, why: words })),
  };
}

const NOBODY_CHOSEN = {
  code: 'nobody-chosen',
  message: { zh: '还没有选客户。', en: 'No customer is chosen.' },
  next: { zh: '选一位客户，或者一个人群。', en: 'Choose a customer, or a segment.' },
  at: 'customer',
};
const NOBODY_IN_IT = {
  code: 'segment-empty',
  message: { zh: '这个人群里现在没有客户。', en: 'Nobody is in this segment now.' },
  next: { zh: '换一个人群，或直接选一位客户。', en: 'Choose another segment, or a customer.' },
  at: 'segment',
};
const HALF_DONE = {
  code: 'node-half-done',
  message: { zh: '这个节点还没有填好。', en: 'This card is not filled in yet.' },
  next: { zh: '先改好标出的地方，再预览。', en: 'Correct the places that are marked, then preview.' },
  at: 'node',
};
const SENDS_NOTHING = {
  code: 'node-sends-nothing',
  message: { zh: '这个节点不发消息。', en: 'This card sends nothing.' },
  next: { zh: '选一个发消息的节点。', en: 'Choose a card that sends.' },
  at: 'node',
};
