import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Condition } from '../../../shared/rules/index.ts';
import type { Estimate } from '../../../shared/segments/index.ts';
import type { SegmentDefinition, SegmentFamily } from '../../../shared/tags/index.ts';
import type { Words } from '../../../shared/words.ts';
import { call, get, query, text } from './client.ts';
import type { RulesVersion, Uses } from './rules.ts';
import type { CustomerItem, Page } from './types.ts';

export type SegmentItem = SegmentDefinition & { readonly count: number };
export type FamilyItem = SegmentFamily & { readonly belonging: Readonly<Record<string, number>> };

export interface Segments {
  readonly customers: number;
  readonly items: readonly SegmentItem[];
  /** Of each two: how many are in both. */
  readonly overlaps: readonly { readonly of: readonly string[]; readonly count: number }[];
  readonly families: readonly FamilyItem[];
}

const path = (id: string, rest = ''): string => `/api/segments/${encodeURIComponent(id)}${rest}`;

export const useSegments = () =>
  useQuery({ queryKey: ['segments'], queryFn: () => get<Segments>('/api/segments'), refetchInterval: 15_000 });

/** Who would belong where by this order; the counts are exact. */
export const useBelonging = (order: readonly string[]) =>
  useQuery({
    queryKey: ['segments', 'belonging', order],
    queryFn: () =>
      get<{ readonly belonging: FamilyItem['belonging']; readonly customers: number }>(
        `/api/segments/belonging${query({ of: order.join(',') })}`,
      ),
    enabled: order.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const useSegmentMembers = (id: string) =>
  useInfiniteQuery({
    queryKey: ['segments', id, 'customers'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      get<Page<CustomerItem & { readonly since: string }>>(path(id, `/customers${query({ cursor: pageParam })}`)),
    getNextPageParam: (last) => last.cursor,
  });

export interface SegmentRecord {
  readonly segment: SegmentDefinition;
  readonly rule: Words;
  readonly count: number;
  readonly customers: number;
  readonly overlaps: readonly { readonly id: string; readonly name: Words; readonly count: number }[];
  readonly uses: Uses;
  /** The version that made it what it is; absent when that is long ago. */
  readonly changed?: RulesVersion;
}

export const useSegment = (id: string) =>
  useQuery({ queryKey: ['segments', id], queryFn: () => get<SegmentRecord>(path(id)), refetchInterval: 15_000 });

export type Matching = Estimate & {
  readonly customers: number;
  /** Some of those who match. */
  readonly some: readonly string[];
  readonly overlaps: readonly (Estimate & { readonly segment: string })[];
};

/** How many customers a sound condition holds for; nothing is asked for one that is not sound yet. */
export const useMatching = (when: Condition | undefined) =>
  useQuery({
    queryKey: ['matching', when],
    queryFn: () => call<Matching>('POST', '/api/conditions/count', { when }),
    enabled: when !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

interface BuilderData {
  readonly events: readonly { readonly name: string; readonly label: Words; readonly properties: readonly string[] }[];
  readonly traits: readonly string[];
}

/** What there is to build conditions of. */
export const useBuilder = () =>
  useQuery({
    queryKey: ['builder'],
    queryFn: () => get<BuilderData>('/api/conditions/builder'),
    staleTime: 120_000,
  });

/** The segment's customers as one CSV, page by page; `told` hears how many bytes have come. */
export async function exportSegment(id: string, told: (bytes: number) => void): Promise<Blob> {
  const parts: string[] = [];
  let bytes = 0;
  let cursor: string | undefined;
  do {
    const page = await text(path(id, `/export${query({ cursor, limit: 1000 })}`));
    parts.push(page.body);
    bytes += page.body.length;
    told(bytes);
    cursor = page.cursor;
  } while (cursor !== undefined);
  // The mark by which spreadsheets know UTF-8 is taken away when the text is read.
  return new Blob(['\ufeff', ...parts], { type: 'text/csv;charset=utf-8' });
}
