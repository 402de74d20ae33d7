import { useMemo } from 'react';
import { BY_KEY, type Names } from '../../../shared/rules/index.ts';
import { namesIn } from '../../../shared/tags/index.ts';
import { useRuleset } from './rules.ts';

/** What the tags and segments in force are called, for sentences; by their keys until that is known. */
export function useNames(): Names {
  const ruleset = useRuleset().data;
  return useMemo(() => (ruleset === undefined ? BY_KEY : namesIn(ruleset)), [ruleset]);
}
