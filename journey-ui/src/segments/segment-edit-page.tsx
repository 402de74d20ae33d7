import { useMemo, useState } from 'react';
import { useParams } from 'react-router';
import type { Condition } from '../../../shared/rules/index.ts';
import {
  putSegment,
  type Ruleset,
  removeSegment,
  type SegmentDefinition,
  segmentSchema,
} from '../../../shared/tags/index.ts';
import { SchemaForm, ValueView } from '../form/field-view.tsx';
import { under } from '../form/problems.ts';
import { useWords } from '../i18n/index.ts';
import { EditFrame, EditPart } from '../rules/edit-frame.tsx';
import { withTexts } from '../rules/filled.ts';
import { LiveCount } from '../rules/live-count.tsx';
import { ChooseReading } from '../rules/readings.tsx';
import { useFindings } from '../rules/use-findings.ts';
import { useKeep } from '../rules/use-keep.ts';
import { useWorkingRules } from '../rules/use-working-rules.ts';
import { Empty, Failure, Loading } from '../ui/states.tsx';

/** Makes a segment, or changes the one in the address; what is kept goes into the draft of the rules. */
export function SegmentEditPage() {
  const { t } = useWords();
  const { id } = useParams();
  const rules = useWorkingRules();
  if (rules.isPending) return <Loading />;
  if (rules.error) return <Failure error={rules.error} />;
  if (rules.ruleset === undefined) return <Empty title={t('edit.draftBroken')} text={t('edit.draftBrokenText')} />;
  const segment = rules.ruleset.segments?.find((one) => one.id === id);
  if (id !== undefined && segment === undefined)
    return <Empty title={t('notFound.title')} text={t('edit.noSuchSegment')} />;
  return <SegmentEditor key={id ?? ''} segment={segment} ruleset={rules.ruleset} rules={rules} />;
}

const NEW: SegmentDefinition = {
  id: '',
  name: { zh: '', en: '' },
  goal: { zh: '', en: '' },
  when: {} as never,
};

interface Props {
  readonly segment: SegmentDefinition | undefined;
  readonly ruleset: Ruleset;
  readonly rules: ReturnType<typeof useWorkingRules>;
}

function SegmentEditor({ segment, ruleset, rules }: Props) {
  const { t, say } = useWords();
  const { tried, keep, tryToKeep } = useKeep(rules, '/segments');
  const [draft, setDraft] = useState(segment ?? NEW);
  const id = segment?.id ?? freshId(draft.name.en, ruleset);
  const wanted = useMemo(
    () => putSegment(ruleset, withTexts({ ...draft, id }, ['name', 'goal'])),
    [draft, id, ruleset],
  );
  const at = (wanted.segments ?? []).findIndex((one) => one.id === id);
  const findings = useFindings(wanted, `segments.${at}`, tried);
  const form = (only: readonly string[]) => (
    <SchemaForm
      schema={segmentSchema}
      value={draft}
      only={only}
      problems={findings.mine.filter(({ field }) => only.includes(field?.split('.')[0] ?? ''))}
      onChange={(next) => setDraft(next as unknown as SegmentDefinition)}
    />
  );
  return (
    <EditFrame
      title={segment === undefined ? t('edit.newSegment') : t('edit.segment', { name: say(segment.name) })}
      lead={t(rules.isDraft ? 'edit.intoDraft' : 'edit.newDraft')}
      back={segment === undefined ? '/segments' : `/segments/${encodeURIComponent(segment.id)}`}
      saving={rules.saving}
      onSave={() => tryToKeep(wanted, findings.wrong)}
      others={findings.others}
      {...(segment !== undefined && {
        remove: {
          title: t('edit.removeSegmentTitle', { name: say(segment.name) }),
          text: t('edit.removeSegmentText'),
          onConfirm: () => keep(removeSegment(ruleset, segment.id)),
        },
      })}
      aside={<LiveCount when={draft.when} {...(segment && { but: segment.id })} />}
    >
      <EditPart title={t('edit.who')}>{form(['name', 'goal'])}</EditPart>
      <EditPart title={t('edit.when')} text={t('edit.whenText')}>
        <ChooseReading when={draft.when} readings={draft.readings} onChange={(when) => setDraft({ ...draft, when })} />
        <ValueView
          schema={segmentSchema.shape.when}
          value={draft.when}
          problems={under(findings.mine, 'when')}
          onChange={(when) => setDraft({ ...draft, when: when as Condition })}
        />
      </EditPart>
    </EditFrame>
  );
}

/** From the English name, else counted on. */
function freshId(name: string, { segments = [] }: Ruleset): string {
  const taken = new Set(segments.map(({ id }) => id));
  const base =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '')
      .slice(0, 34) || 'segment';
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(id)) return id;
  }
}
