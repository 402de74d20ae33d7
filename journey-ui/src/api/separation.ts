import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Words } from '../../../shared/words.ts';
import { call, get, query } from './client.ts';

interface Named {
  readonly key: string;
  readonly name: Words;
}

interface Side {
  readonly events: number;
  readonly tags: readonly Named[];
}

/** What each of two would be who were joined by mistake. */
export interface Separation {
  readonly theirs: Side;
  readonly hers: Side & {
    readonly gained: readonly Named[];
    readonly lost: readonly Named[];
    /** Journeys that she leaves, because what let her in was not hers. */
    readonly leaves: readonly { readonly id: string; readonly name: string }[];
  };
}

const path = (customer: string): string => `/api/customers/${encodeURIComponent(customer)}/separation`;

/** @param done it has been done: then there is nothing more to look forward to */
export const useSeparation = (customer: string, of: string, as: string, done: boolean) =>
  useQuery({
    queryKey: ['customers', customer, 'separation', of, as],
    queryFn: () => get<Separation>(`${path(customer)}${query({ of, as })}`),
    enabled: as !== '' && !done,
    retry: false,
  });

export function useSeparate(customer: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: { of: string; as: string }) => call<{ customer: string }>('POST', path(customer), wanted),
    onSuccess: () => client.invalidateQueries({ queryKey: ['customers'] }),
  });
}
