import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import type { Estimate, Ruleset, RulesetChange } from '../../../shared/tags/index.ts';
import type { Words } from '../../../shared/words.ts';
import { call, get, query } from './client.ts';
import type { Page } from './types.ts';

export interface RulesDraft {
  readonly ruleset: Ruleset;
  readonly baseVersion: number;
  readonly revision: number;
  readonly author: string;
  readonly updatedAt: string;
  /** Others have published since it began. */
  readonly stale: boolean;
  readonly changes: readonly RulesetChange[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface RulesVersion {
  readonly version: number;
  readonly createdAt: string;
  readonly author?: string;
  readonly note?: string;
  /** The version that it brought back. */
  readonly of?: number;
}

export interface Turnover {
  readonly key: string;
  readonly gained: number;
  readonly lost: number;
  readonly gainedIds: readonly string[];
  readonly lostIds: readonly string[];
  /** Only of a sample. */
  readonly estimates?: { readonly gained: Estimate; readonly lost: Estimate };
}

export interface Backfill {
  readonly id: string;
  readonly dryRun: boolean;
  readonly status: 'running' | 'paused' | 'done' | 'undone' | 'failed';
  readonly doing: 'try' | 'apply' | 'undo';
  readonly of: 'version' | 'draft';
  readonly version: number;
  readonly rate: number;
  readonly announce: boolean;
  readonly author: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly total: number;
  readonly exact: boolean;
  readonly problem?: { readonly message: Words; readonly next: Words };
  readonly tally: {
    readonly seen: number;
    readonly worked: number;
    readonly changed: number;
    readonly partly: number;
    readonly failed: number;
    readonly tags: readonly Turnover[];
  };
}

export const useRuleset = () =>
  useQuery({ queryKey: ['rules', 'current'], queryFn: () => get<Ruleset>('/api/ruleset') });

export const useRulesDraft = () =>
  useQuery({
    queryKey: ['rules', 'draft'],
    queryFn: () => get<{ draft: RulesDraft | null }>('/api/ruleset/draft'),
    select: ({ draft }) => draft,
  });

export const useRulesVersions = () =>
  useQuery({
    queryKey: ['rules', 'versions'],
    queryFn: () => get<{ current: number; items: readonly RulesVersion[] }>('/api/ruleset/versions'),
  });

export const useRulesDiff = (from: number, to: number) =>
  useQuery({
    queryKey: ['rules', 'diff', from, to],
    queryFn: () => get<Page<RulesetChange>>(`/api/ruleset/diff${query({ from, to })}`),
    staleTime: Infinity,
  });

/** Looked at once a second while one is under way. */
export const useBackfills = () =>
  useQuery({
    queryKey: ['rules', 'backfills'],
    queryFn: () => get<Page<Backfill>>('/api/backfills'),
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => status === 'running') ? 1000 : 15_000),
  });

/** One change of the rules; all that shows rules or tags is asked anew. */
export function useRulesCall() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ method = 'POST', path, body }: { method?: string; path: string; body?: unknown }) =>
      call<unknown>(method, path, body),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['rules'] }),
        client.invalidateQueries({ queryKey: ['tags'] }),
        client.invalidateQueries({ queryKey: ['segments'] }),
      ]),
  });
}
