import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Outward } from '../../../shared/events/index.ts';
import { call, get } from './client.ts';

export interface OutwardNow {
  readonly outward: Outward;
  readonly revision: number;
}

const KEY = ['wecom', 'tags'];

export const useOutward = () => useQuery({ queryKey: KEY, queryFn: () => get<OutwardNow>('/api/wecom/tags') });

export function usePutOutward() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (next: OutwardNow) => call<OutwardNow>('PUT', '/api/wecom/tags', next),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** Asks for the marks of everybody who has the tag; how many they are. */
export const useSyncTag = () =>
  useMutation({
    mutationFn: async (tag: string) => {
      let asked = 0;
      let cursor: string | undefined;
      do {
        const page: { asked: number; cursor?: string } = await call('POST', '/api/wecom/tags/sync', { tag, cursor });
        asked += page.asked;
        cursor = page.cursor;
      } while (cursor !== undefined);
      return asked;
    },
  });
