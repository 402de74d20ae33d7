import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Cap, Caps } from '../../../shared/tags/index.ts';
import type { Words } from '../../../shared/words.ts';
import { call, get } from './client.ts';

export interface SegmentPlan {
  readonly id: string;
  readonly name: Words;
  readonly cap?: Cap;
  readonly channels?: readonly string[];
}

/** How often customers may be written to. */
export interface CapsNow {
  /** Of the ruleset they are part of. */
  readonly version: number;
  readonly caps: Caps;
  /** Nobody has changed them yet. */
  readonly shipped: boolean;
  readonly segments: readonly SegmentPlan[];
}

/** Who hears less of us than the lower numbers of the caps say. */
export interface UnderTouchedNow {
  readonly items: readonly {
    readonly name: Words;
    readonly least: number;
    readonly within: string;
    readonly count: number;
    readonly exact: boolean;
    /** Ids of a few of them. */
    readonly some: readonly string[];
  }[];
}

export const useUnderTouched = () =>
  useQuery({
    queryKey: ['caps', 'under-touched'],
    queryFn: () => get<UnderTouchedNow>('/api/caps/under-touched'),
  });

export const useCaps = () => useQuery({ queryKey: ['caps'], queryFn: () => get<CapsNow>('/api/caps') });

export function usePutCaps() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, caps, segments }: Omit<CapsNow, 'shipped' | 'caps'> & { readonly caps: Caps | null }) =>
      call<{ version: number }>('PUT', '/api/caps', {
        baseVersion: version,
        caps,
        segments: Object.fromEntries(segments.map(({ id, cap, channels }) => [id, { cap, channels }])),
      }),
    onSuccess: () => client.invalidateQueries(),
  });
}
