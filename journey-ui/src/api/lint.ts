import { useQuery } from '@tanstack/react-query';
import type { LintFinding } from '../../../shared/lint/index.ts';
import { get } from './client.ts';
import type { Page } from './types.ts';

/** What lints say of all that is installed. */
export const useLint = () =>
  useQuery({ queryKey: ['lint'], queryFn: () => get<Page<LintFinding>>('/api/lint'), staleTime: 15_000 });
