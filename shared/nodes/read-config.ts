import type { z } from 'zod';
import type { NodeKind } from './define-node.ts';

export type ConfigReading =
  | { readonly ok: true; readonly config: unknown }
  | { readonly ok: false; readonly newer: true }
  | { readonly ok: false; readonly newer?: undefined; readonly issues: readonly z.core.$ZodIssue[] };

/**
 * Brings a config of an earlier version of its kind up to date, step by step, and checks it. Everybody who reads a
 * config comes through here, so that customers inside a journey published long ago keep going after a release.
 */
export function readConfig(kind: NodeKind, version: number, config: unknown): ConfigReading {
  if (version > kind.version) return { ok: false, newer: true };
  let current = config;
  for (let from = version; from < kind.version; from++) {
    const upgrade = kind.upgrades[from];
    if (!upgrade) throw new Error(`Node kind ${kind.kind} has no upgrade from version ${from}`);
    current = upgrade(current);
  }
  const parsed = kind.config.safeParse(current, { reportInput: true });
  return parsed.success ? { ok: true, config: parsed.data } : { ok: false, issues: parsed.error.issues };
}
