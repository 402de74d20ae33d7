import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import type { LintFinding } from '../../../shared/lint/index.ts';
import type {
  BackfillShown,
  Ruleset,
  RulesetChange,
  RulesUsing,
  TagDefinition,
  TagGroup,
} from '../../../shared/tags/index.ts';
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

/** The rules in force: tags, groups, segments, zone. */
export const useRuleset = () =>
  useQuery({ queryKey: ['rules', 'current'], queryFn: () => get<Ruleset>('/api/ruleset'), staleTime: 15_000 });

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
    queryFn: () => get<Page<BackfillShown>>('/api/backfills'),
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => status === 'running') ? 1000 : 15_000),
  });

export interface Place {
  readonly in: readonly ('live' | 'draft')[];
  readonly field: string;
  readonly node?: string;
  readonly title?: Words;
}

/** Who uses a tag or a segment. */
export interface Uses extends RulesUsing {
  readonly journeys: readonly {
    readonly id: string;
    readonly name: string;
    readonly live: boolean;
    readonly where: readonly Place[];
  }[];
}

export interface TagRecord {
  readonly tag: TagDefinition;
  readonly rule: Words;
  readonly count: number;
  readonly uses: Uses;
  /** Its exclusive group with the levels, low to high. */
  readonly group?: Omit<TagGroup, 'levels'> & {
    readonly levels: readonly { readonly key: string; readonly name: Words }[];
  };
  /** The version that made it what it is; absent when that is long ago. */
  readonly changed?: RulesVersion;
}

export const useTag = (key: string) =>
  useQuery({ queryKey: ['tags', key], queryFn: () => get<TagRecord>(`/api/tags/${encodeURIComponent(key)}`) });

/** What lints would say with these rules; nothing is asked while there are none. */
export const useLintOf = (ruleset: Ruleset | undefined) =>
  useQuery({
    queryKey: ['lint', 'of', ruleset],
    queryFn: () => call<Page<LintFinding>>('POST', '/api/lint', { ruleset }),
    enabled: ruleset !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
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
        client.invalidateQueries({ queryKey: ['lint'] }),
      ]),
  });
}
