import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, get, page, query } from './client.ts';
import { useRuleset } from './rules.ts';
import type { Customer, CustomerItem, Message, Page, RejectedEvent, TagItem, TimelineItem } from './types.ts';

const path = (id: string, rest = ''): string => `/api/customers/${encodeURIComponent(id)}${rest}`;

function usePages<T>(key: readonly unknown[], at: (cursor: string | undefined) => string, everyMs?: number) {
  return useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => page<T>(at, pageParam, signal),
    getNextPageParam: (last) => last.cursor,
    placeholderData: keepPreviousData,
    ...(everyMs !== undefined && { refetchInterval: everyMs }),
  });
}

export const useCustomers = (filter: { q?: string; tag?: string }) =>
  usePages<CustomerItem>(['customers', filter], (cursor) => `/api/customers${query({ ...filter, cursor })}`);

export const useCustomer = (id: string) =>
  useQuery({ queryKey: ['customers', id], queryFn: () => get<Customer>(path(id)) });

export const useTimeline = (id: string) =>
  usePages<TimelineItem>(['customers', id, 'timeline'], (cursor) => path(id, `/timeline${query({ cursor })}`));

export const useMessages = (id: string) =>
  useQuery({ queryKey: ['customers', id, 'messages'], queryFn: () => get<Page<Message>>(path(id, '/messages')) });

export function useEditTags(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { add?: string[]; remove?: string[] }) => call<unknown>('POST', path(id, '/tags'), change),
    onSuccess: () => client.invalidateQueries({ queryKey: ['customers'] }),
  });
}

export const useInbox = () => usePages<Message>(['inbox'], (cursor) => `/api/inbox${query({ cursor })}`, 10_000);

export const useTags = () =>
  useQuery({
    queryKey: ['tags'],
    queryFn: () => get<{ version: number; items: readonly TagItem[] }>('/api/tags'),
    staleTime: 15_000,
  });

export const useZone = (): string | undefined => useRuleset().data?.zone;

export const useRejected = () =>
  usePages<RejectedEvent>(['rejected'], (cursor) => `/api/rejected-events${query({ cursor })}`);
