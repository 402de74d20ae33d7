import type { Diagnostic } from '../../../shared/diagnostics.ts';
import type { Pack } from '../../../shared/packs/index.ts';
import { fitGroups, parseRuleset, type Ruleset } from '../../../shared/tags/index.ts';
import { journeyEntry, readDraft, withdrawJourney } from '../../ports/journeys/index.ts';
import { journeyTotals } from '../../ports/metrics/index.ts';
import {
  currentRules,
  forgetInstalled,
  type InstalledPack,
  installedPack,
  putRuleset,
} from '../../ports/ruleset/index.ts';
import { ApiError, conflict, invalid } from '../errors.ts';
import { refuseWhatJourneysUse, refuseWhatRulesUse } from './in-use.ts';
import { type Fingerprints, fingerprint } from './merge.ts';

export interface Uninstalled {
  readonly tags: readonly string[];
  readonly segments: readonly string[];
  readonly journeys: readonly string[];
  /** What people have changed since, and so is theirs: it stays. */
  readonly kept: {
    readonly tags: readonly string[];
    readonly segments: readonly string[];
    readonly journeys: readonly string[];
  };
}

/**
 * Takes out what a pack brought, all of it or nothing: it refuses, naming each, while anything else uses it or somebody
 * is still on the way through one of its journeys. What people have changed stays unless `changed` is `remove`.
 * Published versions of its journeys are kept, since past passages are drawn on them, but are listed no more.
 */
export async function uninstall(pack: Pack, changed: 'keep' | 'remove', author: string): Promise<Uninstalled> {
  const before = await installedPack(pack.id);
  if (before.installedAt === undefined) throw new ApiError(409, NOT_INSTALLED);
  const { ruleset } = await currentRules();
  const journeys = await journeysOf(before, changed);
  const { rules, out, kept } = without(ruleset, before, changed);
  await refusePassages(journeys.out);
  await refuseWhatJourneysUse(out, journeys.out);
  refuseWhatRulesUse(rules, out);
  const parsed = parseRuleset({ ...rules, version: ruleset.version + 1 });
  if (!parsed.ok) throw invalid(parsed.diagnostics);
  for (const id of journeys.out) await withdrawJourney(id);
  if (out.tags.length + out.segments.length + out.others > 0) {
    const made = { author, note: `uninstall ${pack.id}` };
    if (!(await putRuleset(parsed.ruleset, ruleset.version, made)).ok) throw conflict((await currentRules()).ruleset);
  }
  await forgetInstalled(pack.id);
  return { tags: out.tags, segments: out.segments, journeys: journeys.out, kept: { ...kept, journeys: journeys.kept } };
}

function without(ruleset: Ruleset, before: InstalledPack, changed: 'keep' | 'remove') {
  const sort = <T>(things: readonly T[], idOf: (thing: T) => string, installed: Fingerprints) => {
    const its = things.filter((thing) => idOf(thing) in installed);
    const out = its.filter((thing) => changed === 'remove' || fingerprint(thing) === installed[idOf(thing)]);
    return {
      left: things.filter((thing) => !out.includes(thing)),
      out: out.map(idOf),
      kept: its.filter((thing) => !out.includes(thing)).map(idOf),
    };
  };
  const tags = sort(ruleset.tags, ({ key }) => key, before.tags);
  const fitted = fitGroups({ tags: tags.left, groups: ruleset.groups }, (id) => id in before.groups);
  const segments = sort(ruleset.segments ?? [], ({ id }) => id, before.segments);
  const families = sort(ruleset.segmentFamilies ?? [], ({ id }) => id, before.segmentFamilies ?? {});
  return {
    rules: {
      ...ruleset,
      ...fitted,
      segments: segments.left,
      segmentFamilies: families.left,
    },
    out: {
      tags: tags.out,
      segments: segments.out,
      others: ruleset.groups.length - fitted.groups.length + families.out.length,
    },
    kept: { tags: tags.kept, segments: segments.kept },
  };
}

async function journeysOf({ journeys }: InstalledPack, changed: 'keep' | 'remove') {
  const out: string[] = [];
  const kept: string[] = [];
  for (const [id, installed] of Object.entries(journeys)) {
    const draft = await readDraft(id);
    if (draft === undefined) continue;
    (changed === 'remove' || fingerprint(draft.document) === installed ? out : kept).push(id);
  }
  return { out, kept };
}

async function refusePassages(ids: readonly string[]): Promise<void> {
  const totals = await journeyTotals();
  const problems = await Promise.all(
    ids.map(async (id): Promise<Diagnostic[]> => {
      const active = totals.get(id)?.active ?? 0;
      return active === 0 ? [] : [passages(id, (await journeyEntry(id))?.name ?? id, active)];
    }),
  );
  if (problems.flat().length > 0) throw invalid(problems.flat());
}

const passages = (id: string, name: string, active: number): Diagnostic => ({
  code: 'journey-has-customers',
  severity: 'error',
  field: `journeys.${id}`,
  message: {
    zh: `旅程「${name}」里还有 ${active} 位客户。`,
    en: `There are still ${active} customers in the journey “${name}”.`,
  },
  next: {
    zh: '先暂停它，等他们走完，或在「执行」里停止。',
    en: 'Pause it and let them finish, or stop them under “Executions”.',
  },
});

const NOT_INSTALLED = {
  code: 'pack-not-installed',
  message: { zh: '这个模板包没有装上。', en: 'This pack is not installed.' },
  next: { zh: '刷新页面看看现在的情况。', en: 'Reload the page to see how things stand.' },
};
