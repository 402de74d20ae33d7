import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Words } from '../../../shared/words.ts';
import { call, get } from './client.ts';

export interface StackClock {
  readonly now: string;
  readonly frozen: boolean;
}

export interface DeadLetter {
  readonly id: string | number;
  readonly queue: string;
  readonly sentAt: string;
  readonly diedAt: string;
  readonly receives: number;
  readonly error?: string;
  /** The same in words, and what to do. */
  readonly why: { readonly message: Words; readonly next: Words };
  readonly body?: unknown;
}

/** The local stack's clock; undefined where there is none (on AWS). */
export function useLocalClock(): { clock: StackClock | undefined; readAt: number; pending: boolean } {
  const { data, dataUpdatedAt, isPending } = useQuery({
    queryKey: ['local', 'clock'],
    queryFn: () => get<StackClock>('/_local/clock').catch(() => null),
    staleTime: 20_000,
    refetchInterval: (q) => (q.state.data === null ? false : 20_000),
  });
  return { clock: data ?? undefined, readAt: dataUpdatedAt, pending: isPending };
}

/** Moves the clock; everything on screen is read again when all that was due has settled. */
export function useMoveClock() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (move: { advance: string } | { to: string } | { freeze: boolean }) =>
      call<StackClock>('POST', '/_local/clock', move),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useDeadLetters(enabled: boolean) {
  return useQuery({
    queryKey: ['local', 'dead-letters'],
    queryFn: () => get<{ items: readonly DeadLetter[] }>('/_local/dead-letters'),
    enabled,
  });
}

export function useRedrive() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (queue: string | undefined) =>
      call<unknown>('POST', '/_local/dead-letters/redrive', queue === undefined ? {} : { queue }),
    onSuccess: () => client.invalidateQueries(),
  });
}
