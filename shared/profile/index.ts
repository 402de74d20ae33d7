import type { CompiledRuleset } from '../tags/index.ts';
import type { Change, ProfileInput } from './profile.ts';
import type { CustomerState } from './state.ts';

export type { Cause, Change, ProfileInput, StageChange, TagChange, TagHeld } from './profile.ts';
export type { CustomerState } from './state.ts';

export interface Advanced {
  readonly state: CustomerState;
  readonly changes: readonly Change[];
  readonly dueAt?: string;
}

export declare function emptyState(id: string): CustomerState;
export declare function advance(
  state: CustomerState,
  inputs: readonly ProfileInput[],
  rules: CompiledRuleset,
  now: string,
): Advanced;
