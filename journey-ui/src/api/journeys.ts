import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import type { Journey } from '../../../shared/journey/index.ts';
import type { Missing, Rendered } from '../../../shared/messages/index.ts';
import type { Comparison, Trait } from '../../../shared/reports/index.ts';
import type { Language, Words } from '../../../shared/words.ts';
import { call, get, query } from './client.ts';
import type {
  CheckAnswer,
  CustomerItem,
  Draft,
  Enrolment,
  JourneyItem,
  JourneyRecord,
  LiveCounts,
  PackItem,
  Page,
  TimelineItem,
  VersionRecord,
} from './types.ts';

const path = (id: string, rest = ''): string => `/api/journeys/${encodeURIComponent(id)}${rest}`;

export const useJourneys = () =>
  useQuery({ queryKey: ['journeys'], queryFn: () => get<Page<JourneyItem>>('/api/journeys'), refetchInterval: 15_000 });

export const useJourney = (id: string) =>
  useQuery({
    queryKey: ['journeys', id, 'record'],
    queryFn: () => get<JourneyRecord>(path(id)),
    refetchOnWindowFocus: false,
  });

export const useVersion = (id: string, version: number | undefined) =>
  useQuery({
    queryKey: ['journeys', id, 'version', version],
    queryFn: () => get<VersionRecord>(path(id, `/versions/${version}`)),
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useLive = (id: string, version: number | undefined) =>
  useQuery({
    queryKey: ['journeys', id, 'live', version],
    queryFn: () => get<LiveCounts>(path(id, `/live${query({ version })}`)),
    enabled: version !== undefined,
    refetchInterval: 5000,
  });

export const useRefusals = (id: string) =>
  useQuery({
    queryKey: ['journeys', id, 'refusals'],
    queryFn: () => get<Page<TimelineItem>>(path(id, '/refusals')),
  });

export const saveDraft = (id: string, document: Journey, revision: number) =>
  call<{ revision: number }>('PUT', path(id, '/draft'), { document, revision });

/** What the server says of a saved draft; it knows the tags and the functions that the version will call. */
export const useCheck = (id: string, draft: Draft) =>
  useQuery({
    queryKey: ['journeys', id, 'check', draft.revision],
    queryFn: () => call<CheckAnswer>('POST', path(id, '/check'), { document: draft.document }),
  });

export function useCreateJourney() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (document: Journey) => call<{ id: string; revision: number }>('POST', '/api/journeys', { document }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['journeys'] }),
  });
}

export function useDeleteJourney() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call<unknown>('DELETE', path(id)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['journeys'] }),
  });
}

export function usePublish(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: { revision: number; note: string }) =>
      call<{ version: number; versionArn: string }>('POST', path(id, '/publish'), wanted),
    // Not waited for: the page that asked must hear of its version first.
    onSuccess: () => void client.invalidateQueries({ queryKey: ['journeys'] }),
  });
}

/** Makes an earlier version live again, as a new one. */
export function useRollBack(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: { to: number; liveVersion: number; note: string }) =>
      call<{ version: number }>('POST', path(id, '/rollback'), wanted),
    onSuccess: () => client.invalidateQueries({ queryKey: ['journeys'] }),
  });
}

/** What came of a file, or (`dryRun`) would come of it. */
export interface ImportedJourney {
  readonly id: string;
  readonly name: string;
  readonly nodes: number;
  readonly diagnostics: readonly Diagnostic[];
  /** The journey that has this id already. */
  readonly taken?: { readonly name: string; readonly revision: number };
}

export function useImportJourney() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: { document: unknown; as?: string; over?: number; dryRun?: true }) =>
      call<ImportedJourney>('POST', '/api/journeys/import', wanted),
    onSuccess: () => client.invalidateQueries({ queryKey: ['journeys'] }),
  });
}

export type PreviewOf = { readonly customer: string } | { readonly segment: string; readonly cursor?: string };

/** What a customer would read at a card, if she came to it now. */
export interface PreviewShown {
  readonly customer: CustomerItem;
  /** What would have let her in; absent when nothing has yet. */
  readonly cause?: NonNullable<Enrolment['cause']>;
  readonly messages: readonly {
    readonly channel: string;
    readonly rendered: Rendered;
    readonly missing: readonly Missing[];
    readonly stops: readonly { readonly reason: string; readonly why: Words }[];
  }[];
  /** Leads to the next of the segment. */
  readonly cursor?: string;
}

export const usePreview = (document: Journey, node: string, of: PreviewOf | undefined) =>
  useQuery({
    queryKey: ['journeys', document.id, 'preview', node, of, document],
    queryFn: () => call<PreviewShown>('POST', path(document.id, '/preview'), { document, node, ...of }),
    enabled: of !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const useComparison = (id: string, version: number | undefined, of: readonly Trait[]) =>
  useQuery({
    queryKey: ['journeys', id, 'comparison', version, of],
    queryFn: () =>
      get<Comparison & { complete: boolean; since?: string }>(
        path(id, `/comparison${query({ version, of: of.join(',') })}`),
      ),
    placeholderData: keepPreviousData,
  });

export function usePauseJourney(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (paused: boolean) => call<{ status: string }>('POST', path(id, paused ? '/pause' : '/resume')),
    onSuccess: () => client.invalidateQueries({ queryKey: ['journeys'] }),
  });
}

export const usePacks = () =>
  useQuery({ queryKey: ['packs'], queryFn: () => get<Page<PackItem>>('/api/packs'), staleTime: 60_000 });

/** Ids of what stays because people have changed it. */
interface PackAnswer {
  readonly kept: Readonly<Record<string, readonly string[]>>;
}

export function useUninstallPack() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call<PackAnswer>('POST', `/api/packs/${encodeURIComponent(id)}/uninstall`, {}),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useInstallPack() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, language }: { id: string; language?: Language }) =>
      call<PackAnswer>('POST', `/api/packs/${encodeURIComponent(id)}/install`, { language }),
    onSuccess: () => client.invalidateQueries(),
  });
}
