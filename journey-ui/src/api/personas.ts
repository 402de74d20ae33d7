import { useQuery } from '@tanstack/react-query';
import type { Dimension } from '../../../shared/persona/index.ts';
import type { Estimate } from '../../../shared/segments/index.ts';
import type { Words } from '../../../shared/words.ts';
import { get, query } from './client.ts';

export interface PersonaWho {
  readonly segment?: string;
  readonly tag?: string;
}

export type PersonaDimension = Omit<Dimension, 'values' | 'none'> & {
  readonly values: readonly ({ readonly key: string; readonly name: Words } & Estimate)[];
  readonly none: Estimate;
};

export interface Persona extends PersonaWho {
  readonly name?: Words;
  readonly goal?: Words;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly total: number;
  /** Everybody was looked at; otherwise `sampled`, chosen as if by lot. */
  readonly exact: boolean;
  readonly sampled: number;
  readonly dimensions: readonly PersonaDimension[];
  readonly left: readonly Words[];
}

export const usePersona = (who: PersonaWho) =>
  useQuery({
    queryKey: ['personas', who],
    queryFn: () => get<Persona>(`/api/personas${query({ segment: who.segment, tag: who.tag })}`),
    staleTime: 15_000,
  });
