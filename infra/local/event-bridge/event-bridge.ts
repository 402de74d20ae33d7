import type { Arns } from '../arns.ts';
import { jsonDoor } from '../endpoint/doors/json.ts';
import { type Body, type EndpointService, operationTable } from '../endpoint/service.ts';
import type { Store } from '../store.ts';
import type { Deliveries } from '../targets/index.ts';
import type { Clock, TimeSource } from '../time-source.ts';
import { type Archives, openArchives } from './archives.ts';
import { type BusEvent, busEvent, eventFrom } from './bus-event.ts';
import { type BusStore, openBusStore } from './bus-store.ts';
import { busName, checkPattern, validation } from './members.ts';
import { archiveOperations } from './operations/archives.ts';
import { busOperations } from './operations/buses.ts';
import { replayOperations } from './operations/replays.ts';
import { ruleOperations } from './operations/rules.ts';
import { tagOperations } from './operations/tags.ts';
import { targetOperations } from './operations/targets.ts';
import { matches, parsePattern } from './patterns/index.ts';
import { readEntries } from './put-events.ts';
import { openReplays, type Replays } from './replays.ts';
import { openRuleSchedules } from './rule-schedules.ts';
import { openRuleStore, type Rule, type RuleStore } from './rule-store.ts';
import { sendTo } from './send-to-target.ts';
import { openUnmatched, type Unmatched } from './unmatched.ts';

/** EventBridge: buses, rules, targets, archives, and events that go to functions, queues, state machines and buses. */
export interface EventBridge extends EndpointService {
  readonly buses: BusStore;
  readonly rules: RuleStore;
  readonly unmatched: Unmatched;
  /** What acts by itself as time goes on. */
  readonly sources: readonly TimeSource[];
  /** Puts an event of AWS itself (source `aws.…`) on a bus, e.g. the status change of an execution. */
  emit(event: {
    source: string;
    detailType: string;
    detail: unknown;
    resources?: readonly string[];
    bus?: string;
  }): void;
  /** Takes an event that a rule of another bus sends on; false when there is no such bus. */
  forward(busArn: string, event: Readonly<Record<string, unknown>>): boolean;
  /** Puts an event as PutEvents does, from elsewhere in the stack. Throws AwsError. */
  put(entry: Body): void;
}

export interface EventBridgeOptions {
  readonly store: Store;
  readonly deliveries: Deliveries;
  readonly clock: Clock;
  readonly arns: Arns;
  /** Sources whose events nobody needs to want; others are kept for looking at when no rule matches. */
  readonly unwatchedSources?: readonly string[];
  /** Told that something was taken in after which time must not go back. */
  readonly onUse: () => void;
}

/** What the operations work with. */
export interface EventBridgeParts {
  readonly buses: BusStore;
  readonly rules: RuleStore;
  readonly archives: Archives;
  readonly replays: Replays;
  readonly deliveries: Deliveries;
  readonly arns: Arns;
  readonly clock: Clock;
}

/** How an event came to its bus. */
interface Coming {
  /** From a rule of another bus: it goes to no third one. */
  readonly forwarded?: true;
  /** From a replay, perhaps for some rules only: it is not archived again. */
  readonly replayed?: true;
  readonly ruleArns?: readonly string[] | undefined;
}

export function createEventBridge(options: EventBridgeOptions): EventBridge {
  const { store, deliveries, clock, arns, unwatchedSources = [], onUse } = options;
  const buses = openBusStore(store);
  const rules = openRuleStore(store);
  const archives = openArchives(store);
  const unmatched = openUnmatched(store);
  if (!buses.bus('default')) buses.putBus({ name: 'default', createdAt: clock.now() });

  /** Within a transaction: gives an event to all whom it concerns. */
  function take(event: BusEvent, coming: Coming = {}): void {
    const now = clock.now();
    if (!buses.bus(event.bus)) {
      unmatched.add(event, `there is no bus named ${event.bus}`, now);
      return;
    }
    if (!coming.replayed) archives.keep(event, now);
    const found = rules
      .match(event.bus, event.envelope)
      .filter((rule) => coming.ruleArns?.includes(arns.rule(rule.bus, rule.name)) ?? true);
    for (const rule of found) send(rule, event, coming.forwarded);
    if (found.length === 0 && !unwatchedSources.includes(event.source))
      unmatched.add(event, `no rule of bus ${event.bus} matches it`, now);
  }

  function send(rule: Rule, event: BusEvent, forwarded?: true): void {
    for (const target of rule.targets) {
      if (forwarded && /^arn:[^:]+:events:/.test(target.arn)) continue;
      sendTo({ rule, target, event, deliveries, arns, now: clock.now() });
    }
  }

  /** The answer is given after the events are on disk. */
  function putEvents(body: Body) {
    const entries = readEntries(body['Entries'], arns.aws, clock.now());
    store.transaction(() => {
      for (const entry of entries) if ('id' in entry) take(entry);
    });
    if (entries.some((entry) => 'id' in entry)) onUse();
    clock.changed();
    return {
      FailedEntryCount: entries.filter((entry) => 'ErrorCode' in entry).length,
      Entries: entries.map((entry) => ('id' in entry ? { EventId: entry.id } : entry)),
    };
  }

  const replays = openReplays({
    store,
    clock,
    archives,
    send: (event, ruleArns) => take(event, { replayed: true, ruleArns }),
  });
  const schedules = openRuleSchedules({ store, clock, arns, buses, rules, send, onUse });
  const parts: EventBridgeParts = { buses, rules, archives, replays, deliveries, arns, clock };

  return {
    names: ['events', 'eventbridge'],
    doors: [jsonDoor('AWSEvents')],
    ...operationTable('EventBridge', {
      PutEvents: putEvents,
      TestEventPattern: testEventPattern,
      ...busOperations(parts),
      ...ruleOperations(parts),
      ...targetOperations(parts),
      ...tagOperations(parts),
      ...archiveOperations(parts),
      ...replayOperations(parts),
    }),
    buses,
    rules,
    unmatched,
    sources: [replays, schedules],
    emit({ source, detailType, detail, resources = [], bus = 'default' }) {
      const event = busEvent(arns.aws, { bus, source, detailType, detail, resources, time: clock.now() });
      store.transaction(() => take(event));
      clock.changed();
    },
    forward(busArn, event) {
      const bus = busName(busArn);
      if (!buses.bus(bus)) return false;
      take(eventFrom(bus, JSON.stringify(event)), { forwarded: true });
      return true;
    },
    put(entry) {
      const { Entries } = putEvents({ Entries: [entry] });
      const [answer] = Entries;
      if (answer && 'ErrorCode' in answer) throw validation(answer.ErrorMessage);
    },
  };
}

function testEventPattern(body: Body) {
  const event = parsed(body['Event']);
  const missing = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'].find(
    (member) => event[member] === undefined,
  );
  if (missing) throw validation(`Parameter Event is not valid. Reason: ${missing} is a required field.`);
  const pattern = String(body['EventPattern']);
  checkPattern(pattern);
  return { Result: matches(parsePattern(pattern), event) };
}

function parsed(source: unknown): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(String(source));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw validation('Parameter Event is not valid.');
}
