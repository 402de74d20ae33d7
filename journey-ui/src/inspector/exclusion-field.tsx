import { Select, Switch } from 'antd';
import type { Exclusion } from '../../../shared/journey/index.ts';
import { useSegments } from '../api/segments.ts';
import { useTagOptions } from '../form/widgets/names.tsx';
import { useWords } from '../i18n/index.ts';

/** Who is kept out of a journey; nothing is kept where nobody is named. */
export function ExclusionField({
  value = {},
  onChange,
}: {
  value: Exclusion | undefined;
  onChange: (exclusion: Exclusion | undefined) => void;
}) {
  const { t, say } = useWords();
  const { tags = [], segments = [], ends } = value;
  const tagOptions = useTagOptions();
  const segmentOptions = (useSegments().data?.items ?? []).map(({ id, name }) => ({ value: id, label: say(name) }));
  const put = (change: { tags?: string[]; segments?: string[]; ends?: boolean }): void => {
    const next = { tags, segments, ends, ...change };
    const named = {
      ...(next.tags.length > 0 && { tags: next.tags }),
      ...(next.segments.length > 0 && { segments: next.segments }),
    };
    const nobody = Object.keys(named).length === 0;
    onChange(nobody ? undefined : { ...named, ...(next.ends && { ends: true as const }) });
  };
  return (
    <div className="field">
      <span className="field-label">{t('settings.exclude')}</span>
      <div className="items">
        <Names
          id="journey-exclude-tags"
          label={t('settings.excludeTags')}
          value={tags}
          options={tagOptions}
          onChange={(keys) => put({ tags: keys })}
        />
        <Names
          id="journey-exclude-segments"
          label={t('settings.excludeSegments')}
          value={segments}
          options={segmentOptions}
          onChange={(ids) => put({ segments: ids })}
        />
        {tags.length + segments.length > 0 && (
          <label className="switch-line" htmlFor="journey-exclude-ends">
            <Switch
              id="journey-exclude-ends"
              size="small"
              checked={ends === true}
              onChange={(on) => put({ ends: on })}
            />
            {t('settings.excludeEnds')}
          </label>
        )}
      </div>
      <p className="field-help">{t('settings.excludeHelp')}</p>
    </div>
  );
}

interface NamesProps {
  readonly id: string;
  readonly label: string;
  readonly value: readonly string[];
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (keys: string[]) => void;
}

/** Some of those that are there; one that is gone is still shown by its key. */
function Names({ id, label, value, options, onChange }: NamesProps) {
  const gone = value.filter((key) => options.every((option) => option.value !== key));
  return (
    <Select
      id={id}
      aria-label={label}
      mode="multiple"
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={label}
      value={[...value]}
      options={[...gone.map((key) => ({ value: key, label: key })), ...options]}
      onChange={onChange}
    />
  );
}
