import { useMemo } from 'react';
import { BY_KEY, type Names } from '../../../shared/rules/index.ts';
import { namesIn, type Ruleset } from '../../../shared/tags/index.ts';
import type { Language } from '../../../shared/words.ts';
import { useWords } from '../i18n/index.ts';
import { useRuleset } from './rules.ts';

/** In which language cards are written, and what they call tags and segments. */
export interface Voice {
  readonly language: Language;
  readonly names: Names;
}

/** The same names for the same rules everywhere, so that what was written with them is not written again. */
const known = new WeakMap<Ruleset, Names>();

function namesOf(ruleset: Ruleset): Names {
  const names = known.get(ruleset) ?? namesIn(ruleset);
  known.set(ruleset, names);
  return names;
}

/** What the tags and segments in force are called, for sentences; by their keys until that is known. */
export function useNames(): Names {
  const ruleset = useRuleset().data;
  return ruleset === undefined ? BY_KEY : namesOf(ruleset);
}

export function useVoice(): Voice {
  const { language } = useWords();
  const names = useNames();
  return useMemo(() => ({ language, names }), [language, names]);
}
