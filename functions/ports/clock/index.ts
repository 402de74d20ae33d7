/**
 * The only clock of the handlers. Domain time (what people see, what rules and waits go by) comes from the host where it
 * sets one, so that a laptop can move through weeks in seconds. Expiry of rows goes by the machine's own time, because
 * DynamoDB deletes by that: a replay of old orders must not lose its rows.
 */
const HOST_CLOCK = Symbol.for('pergola.clock');

type Host = { [HOST_CLOCK]?: () => number };

/** Now in domain time, ms since the epoch. */
export const nowMs = (): number => (globalThis as Host)[HOST_CLOCK]?.() ?? Date.now();

/** Now in domain time, ISO 8601, UTC, with milliseconds. */
export const now = (): string => new Date(nowMs()).toISOString();

/** `expiresAt` for a row written now that is to be kept for so many days: epoch seconds of the machine's clock. */
export const expiresIn = (days: number): number => Math.floor(Date.now() / 1000) + days * 86_400;

/** True when a row should be gone already (DynamoDB's own deletion is up to two days late, the local one never comes). */
export const expired = (row: Record<string, unknown>): boolean =>
  typeof row['expiresAt'] === 'number' && row['expiresAt'] <= Date.now() / 1000;

/** The machine's own time, ms: for the age of what is held in memory, never for anything that people see. */
export const machineMs = (): number => Date.now();
