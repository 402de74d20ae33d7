import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { call, get, page, query } from './client.ts';
import type { Enrolment, Run } from './types.ts';

export interface RunFilter {
  readonly journey?: string;
  readonly customer?: string;
  readonly status?: string;
}

export const useExecutions = (filter: RunFilter) =>
  useInfiniteQuery({
    queryKey: ['executions', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      page<Enrolment>((cursor) => `/api/executions${query({ ...filter, cursor, limit: 50 })}`, pageParam, signal),
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

/** Tries many failed runs again, one after the other; answers how many could not be. */
export function useRedriveRuns() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (runs: readonly Enrolment[]) => {
      let refused = 0;
      for (const { customer, id } of runs) {
        await call<unknown>('POST', `${runPath(customer, id)}/redrive`, {}).catch(() => refused++);
      }
      return refused;
    },
    onSettled: () => goneOn(client),
  });
}

/** The runs go on a moment after the answer. */
async function goneOn(client: QueryClient): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await client.invalidateQueries({ queryKey: ['executions'] });
}

/** Tries again what failed; the run goes on a moment after the answer. */
export function useRedriveRun(customer: string, enrolment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call<unknown>('POST', `${runPath(customer, enrolment)}/redrive`, {}),
    onSettled: () => goneOn(client),
  });
}
