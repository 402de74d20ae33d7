import type { Arns } from '../arns.ts';
import type { Queues } from '../queues/queues.ts';
import type { Store } from '../store.ts';
import { AwsError, type AwsService, type Clock, type LambdaHost } from '../time-source.ts';
import { busOperations } from './bus-operations.ts';
import { createDelivery } from './delivery.ts';
import { patternParameter } from './pattern-parameter.ts';
import { matches } from './patterns/index.ts';
import { readEntries } from './put-events.ts';
import { ruleOperations } from './rule-operations.ts';
import { openRuleStore, type RuleStore } from './rule-store.ts';
import { openUnmatched, type Unmatched } from './unmatched.ts';
import { validation } from './validation.ts';

/** EventBridge: buses, rules, targets, and events that go through queues to functions. */
export interface EventBridge extends AwsService {
  readonly rules: RuleStore;
  readonly unmatched: Unmatched;
  /** Puts an event of AWS itself (source `aws.…`) on a bus, e.g. the status change of an execution. */
  emit(event: {
    source: string;
    detailType: string;
    detail: unknown;
    resources?: readonly string[];
    bus?: string;
  }): void;
}

export interface EventBridgeOptions {
  readonly store: Store;
  readonly queues: Queues;
  readonly lambda: LambdaHost & { has(name: string): boolean };
  readonly clock: Clock;
  readonly arns: Arns;
  /** Sources whose events nobody needs to want; others are kept for looking at when no rule matches. */
  readonly unwatchedSources?: readonly string[];
  /** Told that an event from outside was taken in. */
  readonly onEvent?: () => void;
}

type Operation = (body: Record<string, unknown>) => unknown;

export function createEventBridge(options: EventBridgeOptions): EventBridge {
  const { store, clock, arns, unwatchedSources = [] } = options;
  const rules = openRuleStore(store);
  const unmatched = openUnmatched(store);
  const delivery = createDelivery(options);
  if (!rules.bus('default')) rules.putBus({ name: 'default', createdAt: clock.now() });
  for (const bus of rules.buses())
    for (const rule of rules.rules(bus.name)) for (const target of rule.targets) delivery.open(rule, target);

  function take(event: { bus: string; source: string; envelope: unknown; text: string }, now: number): void {
    if (!rules.bus(event.bus)) {
      unmatched.add(event, `there is no bus named ${event.bus}`, now);
      return;
    }
    const found = rules.match(event.bus, event.envelope);
    for (const rule of found) for (const target of rule.targets) delivery.send(rule, target, event);
    if (found.length === 0 && !unwatchedSources.includes(event.source))
      unmatched.add(event, `no rule of bus ${event.bus} matches it`, now);
  }

  /** The answer is given after the events are on disk. */
  function putEvents(body: Record<string, unknown>) {
    const now = clock.now();
    const entries = readEntries(body['Entries'], arns, now);
    store.transaction(() => {
      for (const entry of entries) if ('id' in entry) take(entry, now);
    });
    if (entries.some((entry) => 'id' in entry)) options.onEvent?.();
    clock.changed();
    return {
      FailedEntryCount: entries.filter((entry) => 'ErrorCode' in entry).length,
      Entries: entries.map((entry) => ('id' in entry ? { EventId: entry.id } : entry)),
    };
  }

  function testEventPattern(body: Record<string, unknown>) {
    const event = json(body['Event'], 'Event');
    const missing = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'].find(
      (member) => (event as Record<string, unknown>)[member] === undefined,
    );
    if (missing) throw validation(`Parameter Event is not valid. Reason: ${missing} is a required field.`);
    return { Result: matches(patternParameter(body['EventPattern']), event) };
  }

  const operations: Readonly<Record<string, Operation>> = {
    PutEvents: putEvents,
    TestEventPattern: testEventPattern,
    ...busOperations({ rules, arns, clock }),
    ...ruleOperations({ rules, arns, delivery, lambda: options.lambda }),
  };

  return {
    target: 'AWSEvents',
    rules,
    unmatched,
    emit({ source, detailType, detail, resources = [], bus = 'default' }) {
      const now = clock.now();
      const envelope = delivery.envelope({ source, detailType, detail, resources, now });
      take({ bus, source, envelope, text: JSON.stringify(envelope) }, now);
      clock.changed();
    },
    async handle(name, body) {
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!operation) throw new AwsError('NotEmulated', `EventBridge ${name} is not emulated here.`, 501);
      return operation(body) ?? {};
    },
  };
}

function json(source: unknown, member: string): unknown {
  try {
    const value: unknown = JSON.parse(String(source));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw validation(`Parameter ${member} is not valid.`);
}
