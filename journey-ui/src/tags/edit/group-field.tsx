import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import type { Diagnostic } from '../../../../shared/diagnostics.ts';
import { freeId } from '../../../../shared/journey/index.ts';
import { type Ruleset, type TagGroup, tagSchema } from '../../../../shared/tags/index.ts';
import { ProblemLines } from '../../form/problem-lines.tsx';
import { metaOf } from '../../form/schema-parts.ts';
import { BothLanguages } from '../../form/widgets/plain.tsx';
import { useWords } from '../../i18n/index.ts';

interface Props {
  readonly ruleset: Ruleset;
  /** The tag at hand. */
  readonly mine: { readonly key: string; readonly name: string };
  readonly group: TagGroup | undefined;
  readonly onChange: (group: TagGroup | undefined) => void;
  readonly problems: readonly Diagnostic[];
}

const NEW = ' new';

/** The exclusive group of a tag: which, and where among its levels the tag stands. */
export function GroupField({ ruleset, mine, group, onChange, problems }: Props) {
  const { t, say } = useWords();
  const nameOf = (key: string): string =>
    key === mine.key ? mine.name : say(ruleset.tags.find((tag) => tag.key === key)?.name) || key;
  const choose = (id: string | undefined): void => {
    if (id === undefined) {
      onChange(undefined);
      return;
    }
    const there = ruleset.groups.find((one) => one.id === id);
    const levels = [...(there?.levels ?? [])];
    if (!levels.includes(mine.key)) levels.push(mine.key);
    const fresh = freeId(new Set(ruleset.groups.map((one) => one.id)), 'group');
    onChange(there ? { ...there, levels } : { id: fresh, name: { zh: '', en: '' }, levels });
  };
  const move = (from: number, to: number): void => {
    if (group === undefined) return;
    const levels = [...group.levels];
    const [key] = levels.splice(from, 1);
    levels.splice(to, 0, key!);
    onChange({ ...group, levels });
  };
  const isKnown = ruleset.groups.some((one) => one.id === group?.id);
  const free = ruleset.tags.filter(
    (tag) => tag.family === undefined && tag.infer === undefined && !group?.levels.includes(tag.key),
  );
  return (
    <div className="field">
      <Select
        allowClear
        aria-label={t('edit.group')}
        value={group === undefined ? undefined : isKnown ? group.id : NEW}
        placeholder={t('edit.noGroup')}
        options={[
          ...ruleset.groups.map((one) => ({ value: one.id, label: say(one.name) })),
          { value: NEW, label: t('edit.newGroup') },
        ]}
        onChange={choose}
      />
      {group !== undefined && !isKnown && (
        <BothLanguages
          id="group-name"
          label={t('edit.groupName')}
          value={group.name}
          onChange={(name) => onChange({ ...group, name: (name as TagGroup['name']) ?? { zh: '', en: '' } })}
          schema={tagSchema.shape.name}
          meta={metaOf(tagSchema.shape.name)}
          required
        />
      )}
      {group !== undefined && (
        <>
          <p className="field-help">{t('edit.levels')}</p>
          <ol className="group-levels">
            {group.levels.map((key, i) => (
              <li key={key} className={key === mine.key ? 'mine' : ''}>
                <span>{nameOf(key)}</span>
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowUpOutlined />}
                  disabled={i === 0}
                  aria-label={t('edit.lower', { name: nameOf(key) })}
                  onClick={() => move(i, i - 1)}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowDownOutlined />}
                  disabled={i === group.levels.length - 1}
                  aria-label={t('edit.higher', { name: nameOf(key) })}
                  onClick={() => move(i, i + 1)}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  disabled={key === mine.key}
                  aria-label={t('edit.outOfGroup', { name: nameOf(key) })}
                  onClick={() => onChange({ ...group, levels: group.levels.filter((one) => one !== key) })}
                />
              </li>
            ))}
          </ol>
          <Select
            value={null}
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('edit.addLevel')}
            placeholder={t('edit.addLevel')}
            options={free
              .filter((tag) => tag.key !== mine.key)
              .map((tag) => ({ value: tag.key, label: say(tag.name) }))}
            onChange={(key: string | null) => key && onChange({ ...group, levels: [...group.levels, key] })}
          />
        </>
      )}
      <ProblemLines problems={problems} />
    </div>
  );
}
