import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, get, query } from './client.ts';
import type { Enrolment, Page, Run } from './types.ts';

export interface RunFilter {
  readonly journey?: string;
  readonly customer?: string;
  readonly status?: string;
}

export const useExecutions = (filter: RunFilter) =>
  useInfiniteQuery({
    queryKey: ['executions', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      get<Page<Enrolment>>(`/api/executions${query({ ...filter, cursor: pageParam, limit: 50 })}`),
    getNextPageParam: (last) => last.cursor,
    placeholderData: keepPreviousData,
  });

const runPath = (customer: string, enrolment: string): string =>
  `/api/executions/${encodeURIComponent(customer)}/${encodeURIComponent(enrolment)}`;

export const useRun = (customer: string, enrolment: string) =>
  useQuery({
    queryKey: ['executions', customer, enrolment],
    queryFn: () => get<Run>(runPath(customer, enrolment)),
    refetchInterval: (q) => (q.state.data?.enrolment.status === 'active' ? 5000 : false),
  });

export function useStopRun(customer: string, enrolment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => call<unknown>('POST', `${runPath(customer, enrolment)}/stop`, { reason }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['executions'] }),
  });
}

/** Tries again what failed; the run goes on a moment after the answer. */
export function useRedriveRun(customer: string, enrolment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call<unknown>('POST', `${runPath(customer, enrolment)}/redrive`, {}),
    onSettled: async () => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await client.invalidateQueries({ queryKey: ['executions'] });
    },
  });
}
