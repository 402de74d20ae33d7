import type { Arns } from '../arns.ts';
import type { Store } from '../store.ts';
import type { Clock, TimeSource } from '../time-source.ts';
import { openTimers } from '../timers.ts';
import { type BusEvent, busEvent } from './bus-event.ts';
import type { BusStore } from './bus-store.ts';
import type { Rule, RuleStore } from './rule-store.ts';

/**
 * Rules with a ScheduleExpression: each of their moments gives an event to the rule's own targets. A rate counts from when
 * the rule was put or enabled. Moments that passed while the stack did not run are not made up, except for the first.
 */
export function openRuleSchedules(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly arns: Arns;
  readonly buses: BusStore;
  readonly rules: RuleStore;
  readonly send: (rule: Rule, event: BusEvent) => void;
  /** Told when something waits for its moment: time must not go back behind that. */
  readonly onUse: () => void;
}): TimeSource {
  const { store, clock, arns, buses, rules, send, onUse } = options;
  const timers = openTimers(store, 'rule');
  const keyOf = (bus: string, name: string) => `${bus}\u0000${name}`;
  /** By which expression the timer of a rule was set. */
  const setBy = new Map<string, string>();

  function arm(bus: string, name: string): void {
    const key = keyOf(bus, name);
    const rule = rules.rule(bus, name);
    const occurrences = rule?.enabled ? rules.occurrences(rule) : undefined;
    if (!rule || !occurrences) {
      setBy.delete(key);
      if (timers.at(key) !== undefined) timers.clear(key);
      return;
    }
    // A change of its targets does not set a rule's clock anew.
    if (setBy.get(key) === rule.scheduleText && timers.at(key) !== undefined) return;
    setBy.set(key, rule.scheduleText as string);
    const now = clock.now();
    const next = occurrences.next(now, now);
    if (next === undefined) return;
    onUse();
    timers.set(key, next);
    clock.changed();
  }

  for (const bus of buses.buses())
    for (const rule of rules.rules(bus.name)) {
      const key = keyOf(bus.name, rule.name);
      if (rule.scheduleText !== undefined && timers.at(key) !== undefined) setBy.set(key, rule.scheduleText);
      arm(bus.name, rule.name);
    }
  rules.onChange(arm);

  return {
    name: 'scheduled rules',
    nextDue: timers.nextDue,
    fireDue(now) {
      timers.ring(now, (key, at) => {
        const [bus = '', name = ''] = key.split('\u0000');
        const rule = rules.rule(bus, name);
        const occurrences = rule && rules.occurrences(rule);
        if (!rule?.enabled || !occurrences) return;
        const next = occurrences.next(at, at);
        const upcoming = next !== undefined && next <= now ? occurrences.next(now, at) : next;
        if (upcoming !== undefined) timers.set(key, upcoming);
        send(rule, tick(arns, rule, at));
      });
      clock.changed();
    },
    busy: () => false,
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
const tick = (arns: Arns, rule: Rule, time: number): BusEvent =>
  busEvent(arns.aws, {
    bus: rule.bus,
    source: 'aws.events',
    detailType: 'Scheduled Event',
    detail: {},
    resources: [arns.rule(rule.bus, rule.name)],
    time,
  });
