import { Input, Segmented } from 'antd';
import { useId } from 'react';
import type { Diagnostic } from '../../../../shared/diagnostics.ts';
import type { Condition } from '../../../../shared/rules/index.ts';
import {
  namesIn,
  type Ruleset,
  ruleSentence,
  type TagDefinition,
  type TagGroup,
  tagSchema,
} from '../../../../shared/tags/index.ts';
import { SchemaForm, ValueView } from '../../form/field-view.tsx';
import { ProblemLines } from '../../form/problem-lines.tsx';
import { ofItself, under } from '../../form/problems.ts';
import { blankOf } from '../../form/schema-parts.ts';
import { useWords } from '../../i18n/index.ts';
import { EditPart } from '../../rules/edit-frame.tsx';
import { withTexts } from '../../rules/filled.ts';
import { ChooseReading } from '../../rules/readings.tsx';
import { GroupField } from './group-field.tsx';

interface Props {
  readonly tag: TagDefinition;
  readonly isNew: boolean;
  readonly onChange: (tag: TagDefinition) => void;
  readonly group: TagGroup | undefined;
  readonly onGroup: (group: TagGroup | undefined) => void;
  /** How the tag is called among the levels of the group. */
  readonly groupKey: string;
  readonly ruleset: Ruleset;
  readonly problems: readonly Diagnostic[];
  readonly groupProblems: readonly Diagnostic[];
}

/** How a tag comes to be: by a rule, by a table of inferences, or only by hand. Each with what goes together with it. */
const WAYS = {
  rule: { fields: ['when', 'manual', 'family'], blank: { when: {} as unknown as Condition } },
  table: { fields: ['infer'], blank: { infer: blankOf(tagSchema.shape.infer, true) as TagDefinition['infer'] } },
  hand: { fields: [], blank: { manual: true as const } },
};
type Way = keyof typeof WAYS;

const wayOf = ({ infer, when }: TagDefinition): Way =>
  infer !== undefined ? 'table' : when !== undefined ? 'rule' : 'hand';

export function TagForm({ tag, isNew, onChange, group, onGroup, groupKey, ruleset, problems, groupProblems }: Props) {
  const { t, say } = useWords();
  const names = namesIn(ruleset);
  const keyId = useId();
  const way = wayOf(tag);
  const form = (only: readonly string[], folded = false) => (
    <SchemaForm
      schema={tagSchema}
      value={tag}
      only={only}
      folded={folded}
      problems={problems.filter(({ field }) => only.includes(field?.split('.')[0] ?? ''))}
      onChange={(next) => onChange(next as unknown as TagDefinition)}
    />
  );
  const choose = (next: Way): void => {
    const { when: _, infer: _i, manual: _m, family: _f, ...rest } = tag;
    if (next === 'table') onGroup(undefined);
    onChange({ ...rest, ...WAYS[next].blank });
  };
  const whole = tagSchema.safeParse(withTexts(tag, ['name', 'purpose', 'description']));
  return (
    <>
      <EditPart title={t('edit.what')}>
        {form(['name'])}
        <div className="edit-pair">
          {form(['category'])}
          <div className="field">
            <label htmlFor={keyId}>{say(tagSchema.shape.key.meta()?.['label'] as never)}</label>
            <Input
              id={keyId}
              value={tag.key}
              disabled={!isNew}
              maxLength={100}
              onChange={(e) => onChange({ ...tag, key: e.target.value })}
            />
            <ProblemLines problems={under(problems, 'key')} />
            <p className="field-help">{t('edit.keyHelp')}</p>
          </div>
        </div>
        {form(['purpose'])}
        {form(['description'], true)}
      </EditPart>
      <EditPart title={t('edit.how')} text={t(`edit.ways.${way}Text`)}>
        <Segmented
          aria-label={t('edit.how')}
          value={way}
          options={(Object.keys(WAYS) as Way[]).map((one) => ({ value: one, label: t(`edit.ways.${one}`) }))}
          onChange={choose}
          style={{ justifySelf: 'start' }}
        />
        {way === 'rule' && (
          <>
            <ChooseReading when={tag.when} readings={tag.readings} onChange={(when) => onChange({ ...tag, when })} />
            <ValueView
              schema={tagSchema.shape.when}
              value={tag.when}
              problems={under(problems, 'when')}
              onChange={(when) => onChange({ ...tag, when: when as Condition })}
            />
            {form(['manual', 'family'], true)}
          </>
        )}
        {way === 'table' && (
          <ValueView
            schema={tagSchema.shape.infer}
            value={tag.infer}
            problems={under(problems, 'infer')}
            onChange={(infer) => onChange({ ...tag, infer: infer as NonNullable<TagDefinition['infer']> })}
          />
        )}
        {way !== 'rule' && whole.success && (
          <output className="condition-sentence">{say(ruleSentence(whole.data as TagDefinition, names))}</output>
        )}
      </EditPart>
      <EditPart title={t('edit.howLong')} text={t('edit.howLongText')}>
        {form(['sticky', 'ttl'], true)}
      </EditPart>
      {way !== 'table' && tag.family === undefined && (
        <EditPart title={t('edit.group')} text={t('edit.groupText')}>
          <GroupField
            ruleset={ruleset}
            mine={{ key: groupKey, name: say(tag.name) || t('edit.thisTag') }}
            group={group}
            onChange={onGroup}
            problems={groupProblems}
          />
        </EditPart>
      )}
      <EditPart title={t('edit.guard')} text={t('edit.guardText')}>
        {form(['excludes'])}
      </EditPart>
      <ProblemLines problems={ofItself(problems)} />
    </>
  );
}
