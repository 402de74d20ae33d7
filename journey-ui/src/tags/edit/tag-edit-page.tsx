import { useMemo, useState } from 'react';
import { useParams } from 'react-router';
import { type Ruleset, removeTag, type TagDefinition, type TagGroup } from '../../../../shared/tags/index.ts';
import { under } from '../../form/problems.ts';
import { useWords } from '../../i18n/index.ts';
import { EditFrame } from '../../rules/edit-frame.tsx';
import { LiveCount } from '../../rules/live-count.tsx';
import { useFindings } from '../../rules/use-findings.ts';
import { useKeep } from '../../rules/use-keep.ts';
import { useWorkingRules } from '../../rules/use-working-rules.ts';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { TagForm } from './tag-form.tsx';
import { keyFor, NO_KEY, wantedRules } from './wanted-rules.ts';

/** Makes a tag, or changes the one in the address; what is kept goes into the draft of the rules. */
export function TagEditPage() {
  const { t } = useWords();
  const { key } = useParams();
  const rules = useWorkingRules();
  if (rules.isPending) return <Loading />;
  if (rules.error) return <Failure error={rules.error} />;
  if (rules.ruleset === undefined) return <Empty title={t('edit.draftBroken')} text={t('edit.draftBrokenText')} />;
  const tag = rules.ruleset.tags.find((one) => one.key === key);
  if (key !== undefined && tag === undefined) return <Empty title={t('notFound.title')} text={t('edit.noSuchTag')} />;
  return <TagEditor key={key ?? ''} tag={tag} ruleset={rules.ruleset} rules={rules} />;
}

const NEW: TagDefinition = { key: NO_KEY, name: { zh: '', en: '' }, category: 'behaviour', when: {} as never };

interface Props {
  /** As it is now; absent: a new one. */
  readonly tag: TagDefinition | undefined;
  readonly ruleset: Ruleset;
  readonly rules: ReturnType<typeof useWorkingRules>;
}

function TagEditor({ tag, ruleset, rules }: Props) {
  const { t, say } = useWords();
  const { tried, keep, tryToKeep } = useKeep(rules, '/tags');
  const [draft, setDraft] = useState<TagDefinition>(tag ?? NEW);
  const [group, setGroup] = useState<TagGroup | undefined>(() => ruleset.groups.find(({ id }) => id === tag?.group));
  const ownKey = tag?.key ?? (draft.key === NO_KEY ? keyFor(draft, ruleset) : draft.key);
  const wanted = useMemo(
    () => wantedRules(ruleset, { ...draft, key: ownKey }, group, tag === undefined),
    [draft, group, ownKey, ruleset, tag],
  );
  const at = wanted.tags.findLastIndex(({ key }) => key === ownKey);
  const place = wanted.groups.findIndex(({ id }) => id === group?.id);
  const findings = useFindings(wanted, `tags.${at}`, tried);
  const groupProblems =
    place < 0 ? [] : under(findings.others, `groups.${place}`).map((one) => ({ ...one, field: '' }));
  const others = findings.others.filter(({ field }) => place < 0 || !field?.startsWith(`groups.${place}.`));

  return (
    <EditFrame
      title={tag === undefined ? t('edit.newTag') : t('edit.tag', { name: say(tag.name) })}
      lead={t(rules.isDraft ? 'edit.intoDraft' : 'edit.newDraft')}
      back={tag === undefined ? '/tags' : `/tags/${encodeURIComponent(tag.key)}`}
      saving={rules.saving}
      onSave={() => tryToKeep(wanted, findings.wrong)}
      others={others}
      {...(tag !== undefined && {
        remove: {
          title: t('edit.removeTitle', { name: say(tag.name) }),
          text: t('edit.removeText'),
          onConfirm: () => keep(removeTag(ruleset, tag.key)),
        },
      })}
      aside={draft.infer === undefined && draft.when !== undefined && <LiveCount when={draft.when} />}
    >
      <TagForm
        tag={{ ...draft, key: ownKey }}
        isNew={tag === undefined}
        onChange={(next) => setDraft(next.key === ownKey ? { ...next, key: draft.key } : next)}
        group={group}
        onGroup={setGroup}
        ruleset={ruleset}
        groupKey={tag?.key ?? NO_KEY}
        problems={findings.mine}
        groupProblems={[...under(findings.mine, 'group'), ...groupProblems]}
      />
    </EditFrame>
  );
}
