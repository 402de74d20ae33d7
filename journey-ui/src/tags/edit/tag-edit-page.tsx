import { App, Button, Popconfirm } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { putTag, type Ruleset, removeTag, type TagDefinition, type TagGroup } from '../../../../shared/tags/index.ts';
import { under } from '../../form/problems.ts';
import { useWords } from '../../i18n/index.ts';
import { EditFrame } from '../../rules/edit-frame.tsx';
import { bothFilled, withTexts } from '../../rules/filled.ts';
import { LiveCount } from '../../rules/live-count.tsx';
import { useFindings } from '../../rules/use-findings.ts';
import { useWorkingRules } from '../../rules/use-working-rules.ts';
import { Empty, Failure, Loading, reasonOf } from '../../ui/states.tsx';
import { TagForm } from './tag-form.tsx';

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

/** Stands for the key of a tag that has none yet. */
const NO_KEY = ' ';
const NEW: TagDefinition = { key: NO_KEY, name: { zh: '', en: '' }, category: 'behaviour', when: {} as never };

interface Props {
  /** As it is now; absent: a new one. */
  readonly tag: TagDefinition | undefined;
  readonly ruleset: Ruleset;
  readonly rules: ReturnType<typeof useWorkingRules>;
}

function TagEditor({ tag, ruleset, rules }: Props) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<TagDefinition>(tag ?? NEW);
  const [group, setGroup] = useState<TagGroup | undefined>(() => ruleset.groups.find(({ id }) => id === tag?.group));
  const [tried, setTried] = useState(false);
  const ownKey = tag?.key ?? (draft.key === NO_KEY ? keyFor(draft, ruleset) : draft.key);
  const wanted = useMemo((): Ruleset => {
    const whole = withTexts({ ...draft, key: ownKey }, ['name', 'purpose', 'description']);
    const levels = group?.levels.map((key) => (key === NO_KEY || key === draft.key ? ownKey : key)) ?? [];
    const named = group && { ...group, levels, name: bothFilled(group.name) ?? group.name };
    // A key that is somebody else's must not put the new tag in that one's place.
    const taken = tag === undefined && ruleset.tags.some(({ key }) => key === ownKey);
    return taken ? { ...ruleset, tags: [...ruleset.tags, whole] } : putTag(ruleset, whole, named);
  }, [draft, group, ownKey, ruleset, tag]);
  const at = wanted.tags.findLastIndex(({ key }) => key === ownKey);
  const place = wanted.groups.findIndex(({ id }) => id === group?.id);
  const findings = useFindings(wanted, `tags.${at}`, tried);
  const groupProblems =
    place < 0 ? [] : under(findings.others, `groups.${place}`).map((one) => ({ ...one, field: '' }));
  const others = findings.others.filter(({ field }) => place < 0 || !field?.startsWith(`groups.${place}.`));

  const keep = async (next: Ruleset): Promise<void> => {
    try {
      await rules.save(next);
      message.success(t('edit.kept'));
      navigate('/tags');
    } catch (error) {
      message.error(say(reasonOf(error)) || t('failed.offline'));
    }
  };
  const submit = (): void => {
    setTried(true);
    if (findings.wrong) message.warning(t('edit.notYet'));
    else void keep(wanted);
  };
  return (
    <EditFrame
      title={tag === undefined ? t('edit.newTag') : t('edit.tag', { name: say(tag.name) })}
      lead={t(rules.isDraft ? 'edit.intoDraft' : 'edit.newDraft')}
      back={tag === undefined ? '/tags' : `/tags/${encodeURIComponent(tag.key)}`}
      saving={rules.saving}
      onSave={submit}
      others={others}
      danger={
        tag !== undefined && (
          <Popconfirm
            title={t('edit.removeTitle', { name: say(tag.name) })}
            description={t('edit.removeText')}
            onConfirm={() => keep(removeTag(ruleset, tag.key))}
          >
            <Button type="text" danger>
              {t('edit.remove')}
            </Button>
          </Popconfirm>
        )
      }
      aside={draft.infer === undefined && draft.when !== undefined && <LiveCount when={draft.when} />}
    >
      <TagForm
        tag={{ ...draft, key: ownKey }}
        isNew={tag === undefined}
        onChange={(next) => setDraft(next.key === ownKey ? { ...next, key: draft.key } : next)}
        group={group}
        onGroup={setGroup}
        ruleset={ruleset}
        groupKey={draft.key}
        problems={findings.mine}
        groupProblems={[...under(findings.mine, 'group'), ...groupProblems]}
      />
    </EditFrame>
  );
}

/** A key from the name, counted on where it is taken. */
function keyFor({ name }: TagDefinition, { tags }: Ruleset): string {
  const base = (name.zh.trim() || name.en.trim()).replaceAll(':', ' ').slice(0, 90);
  if (base === '') return '';
  const taken = new Set(tags.map(({ key }) => key));
  for (let n = 1; ; n++) {
    const key = n === 1 ? base : `${base} ${n}`;
    if (!taken.has(key)) return key;
  }
}
