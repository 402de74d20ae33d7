import { useQuery } from '@tanstack/react-query';
import type { SegmentDefinition } from '../../../shared/tags/index.ts';
import { get } from './client.ts';
import type { Page } from './types.ts';

export const useSegments = () =>
  useQuery({
    queryKey: ['segments'],
    queryFn: () => get<Page<SegmentDefinition>>('/api/segments'),
    staleTime: 60_000,
  });
