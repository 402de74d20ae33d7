import { setTimeout as pause } from 'node:timers/promises';
import { machineMs } from './clock/index.ts';

/**
 * What nearly every batch reads and hardly ever changes (the list of journeys, the ruleset in force) is held for half a
 * second. So that this is never seen, whoever changes it answers only after `everybodyKnows()`: what happens after the
 * answer meets the new list everywhere.
 */
const FRESH_MS = 500;

interface Held {
  readonly until: number;
  readonly value: Promise<unknown>;
}

const held = new Map<string, Held>();

/** The value under this key: held, or loaded. Names with different tables in them are different things. */
export function fresh<T>(key: string, load: () => Promise<T>): Promise<T> {
  const known = held.get(key);
  if (known !== undefined && known.until > machineMs()) return known.value as Promise<T>;
  const value = load();
  held.set(key, { until: machineMs() + FRESH_MS, value });
  value.catch(() => held.delete(key));
  return value;
}

/** Reads it anew next time, in this process. */
export const forget = (key: string): void => void held.delete(key);

/** Resolves when no process holds what was there before. */
export const everybodyKnows = (): Promise<void> => pause(FRESH_MS);
