import { useEffect, useMemo, useState } from 'react';
import { compile, type Estimate } from '../../../shared/compiler/index.ts';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import { type Journey, parseJourney } from '../../../shared/journey/index.ts';
import { lintJourney } from '../../../shared/lint/index.ts';
import { useTags } from '../api/customers.ts';
import { useRuleset } from '../api/rules.ts';
import { useSegments } from '../api/segments.ts';
import type { JourneyVersion } from '../api/types.ts';
import { NO_OVERLAY, type NodeOverlay, type Overlay } from '../canvas/overlay.ts';
import { nextVersion } from '../publish/next-version.ts';

export interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  readonly asl: unknown;
  readonly estimate: Estimate | undefined;
}

const NOTHING: Checked = { diagnostics: [], asl: undefined, estimate: undefined };
/** The real ARNs are the publisher's; what is wrong with a journey does not depend on them. */
const PLACES = {
  decide: 'arn:aws:lambda:region:account:function:pergola-steps-decide:live',
  perform: 'arn:aws:lambda:region:account:function:pergola-steps-perform:live',
  await: 'arn:aws:lambda:region:account:function:pergola-steps-await:live',
};

/**
 * Compiles the draft in the browser a moment after each edit: problems, what lints say, the state machine as it would be
 * after `versions` earlier ones, its cost.
 */
export function useProblems(journey: Journey | undefined, versions: readonly JourneyVersion[]): Checked {
  const [checked, setChecked] = useState<Checked>(NOTHING);
  const version = nextVersion(versions);
  const tags = useTags().data;
  const segments = useSegments().data;
  const ruleset = useRuleset().data;
  useEffect(() => {
    if (!journey) return setChecked(NOTHING);
    const timer = setTimeout(() => {
      const knownTags = tags && { knownTags: tags.items.map((tag) => tag.key) };
      const knownSegments = segments && {
        knownSegments: segments.items.map(({ id }) => id),
        knownFamilies: segments.families.map(({ id }) => id),
      };
      const result = compile(journey, { version, functions: PLACES, ...knownTags, ...knownSegments });
      setChecked({
        diagnostics: [
          ...result.diagnostics,
          ...(ruleset && parseJourney(journey).ok ? lintJourney(ruleset, journey) : []),
        ],
        asl: result.ok ? result.asl : undefined,
        estimate: result.ok ? result.estimate : undefined,
      });
    }, 120);
    return () => clearTimeout(timer);
  }, [journey, version, tags, segments, ruleset]);
  return checked;
}

/** The badges that problems put on cards. */
export function useProblemOverlay(diagnostics: readonly Diagnostic[]): Overlay {
  return useMemo(() => {
    if (diagnostics.length === 0) return NO_OVERLAY;
    const nodes = new Map<string, NodeOverlay>();
    for (const d of diagnostics) {
      if (d.node === undefined) continue;
      const before = nodes.get(d.node) ?? {};
      const key = d.severity === 'error' ? 'errors' : 'warnings';
      nodes.set(d.node, { ...before, [key]: (before[key] ?? 0) + 1 });
    }
    return { ...NO_OVERLAY, nodes };
  }, [diagnostics]);
}
