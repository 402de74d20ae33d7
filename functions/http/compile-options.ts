import type { CompileOptions } from '../../shared/compiler/index.ts';
import { environment } from '../ports/environment.ts';
import { currentRules } from '../ports/ruleset/index.ts';

/** With the step handlers of this deployment and the tags of the ruleset in force. */
export async function compileOptions(version: number): Promise<CompileOptions> {
  const { ruleset } = await currentRules();
  return {
    version,
    functions: {
      decide: environment('STEP_DECIDE_ARN'),
      perform: environment('STEP_PERFORM_ARN'),
      await: environment('STEP_AWAIT_ARN'),
    },
    knownTags: ruleset.tags.map(({ key }) => key),
    knownSegments: (ruleset.segments ?? []).map(({ id }) => id),
    knownFamilies: (ruleset.segmentFamilies ?? []).map(({ id }) => id),
  };
}
