import { Segmented, Select } from 'antd';
import { useMemo, useState } from 'react';
import { STAGE_NAMES, STAGES } from '../../../../shared/stages.ts';
import { CATEGORIES } from '../../../../shared/tags/index.ts';
import { useTags } from '../../api/customers.ts';
import { useBuilder, useSegments } from '../../api/segments.ts';
import { useWords } from '../../i18n/index.ts';
import { useEditor } from '../../store/editor.ts';
import { useEventName } from '../../ui/event-name.ts';
import { isSaid } from '../../ui/is-said.ts';
import type { WidgetProps } from '../widget.ts';
import { bothNames } from './both-names.ts';

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' && value !== '' ? [value] : [];

/** Event names that came lately, or that rules and this journey speak of already; others can be typed. */
function useEventNames(): readonly string[] {
  const tags = useTags().data;
  const journey = useEditor((s) => s.journey);
  const seen = useBuilder().data?.events;
  return useMemo(() => {
    const found = new Set<string>(seen?.map(({ name }) => name));
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) for (const item of value) walk(item);
      else if (value !== null && typeof value === 'object') {
        for (const [key, inner] of Object.entries(value)) {
          if (key === 'event') for (const name of listOf(inner)) found.add(name);
          else walk(inner);
        }
      }
    };
    walk(tags?.items);
    walk(journey?.nodes);
    return [...found].filter((name) => name !== '*').sort();
  }, [tags, journey, seen]);
}

/** One or several event names; a lone one is a plain text where the schema takes it so, else a list of one. */
export function EventName({ id, label, value, onChange, schema, required }: WidgetProps) {
  const { t } = useWords();
  const eventName = useEventName();
  const names = useEventNames();
  const listOnly = !schema.safeParse('Order Completed').success;
  return (
    <Select
      id={id}
      aria-label={label}
      mode="tags"
      maxTagCount={8}
      value={listOf(value)}
      placeholder={t('form.eventHint')}
      options={[
        { value: '*', label: t('form.anyEvent') },
        ...names.map((name) => ({ value: name, label: bothNames(eventName(name), name) })),
      ]}
      onChange={(list: string[]) => {
        const picked = list.at(-1) === '*' ? ['*'] : list.filter((name) => name !== '*');
        if (picked.length === 0) onChange(required ? '' : undefined);
        else onChange(picked.length === 1 && !listOnly ? picked[0] : picked);
      }}
    />
  );
}

/** The tags in force, by name. */
export function useTagOptions() {
  const { say } = useWords();
  const tags = useTags().data;
  return (tags?.items ?? []).map((tag) => ({
    value: tag.key,
    label: isSaid(say(tag.name), tag.key) ? say(tag.name) || tag.key : `${say(tag.name)} · ${tag.key}`,
  }));
}

/** One of those that are there; one that is gone is still shown by its key. */
function OneOf({
  id,
  label,
  value,
  onChange,
  options,
  hint,
  required,
}: WidgetProps & { options: Option[]; hint: string }) {
  const picked = typeof value === 'string' && value !== '' ? value : undefined;
  const known = picked === undefined || options.some((option) => option.value === picked);
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={!required}
      value={picked}
      placeholder={hint}
      options={known ? options : [{ value: picked, label: picked }, ...options]}
      onChange={onChange}
    />
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

export function Tag(props: WidgetProps) {
  const { t } = useWords();
  return <OneOf {...props} options={useTagOptions()} hint={t('form.tagHint')} />;
}

export function Tags({ id, label, value, onChange }: WidgetProps) {
  const options = useTagOptions();
  return <Select id={id} aria-label={label} mode="tags" value={listOf(value)} options={options} onChange={onChange} />;
}

/** What a message is about: offered are the topics that some tag excludes. */
export function Topics({ id, label, value, onChange }: WidgetProps) {
  const tags = useTags().data;
  const topics = [...new Set((tags?.items ?? []).flatMap((tag) => tag.excludes ?? []))];
  return (
    <Select
      id={id}
      aria-label={label}
      mode="tags"
      value={listOf(value)}
      options={topics.map((topic) => ({ value: topic, label: topic }))}
      onChange={(list: string[]) => onChange(list.length === 0 ? undefined : list)}
    />
  );
}

/** One of the categories there are, or a new one. */
export function Category({ id, label, value, onChange }: WidgetProps) {
  const { t, say } = useWords();
  const [typed, setTyped] = useState('');
  const tags = useTags().data?.items ?? [];
  const known = [
    ...Object.keys(CATEGORIES),
    ...tags.map(({ category }) => category),
    typed.trim(),
    String(value ?? ''),
  ];
  const options = [...new Set(known)]
    .filter(Boolean)
    .map((one) => ({ value: one, label: say(CATEGORIES[one]) || one }));
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch={{ optionFilterProp: 'label', onSearch: setTyped }}
      value={value === '' ? undefined : value}
      placeholder={t('form.categoryHint')}
      options={options}
      onChange={onChange}
    />
  );
}

export function Segment(props: WidgetProps) {
  const { t, say } = useWords();
  const options = (useSegments().data?.items ?? []).map((one) => ({ value: one.id, label: say(one.name) }));
  return <OneOf {...props} options={options} hint={t('form.segmentHint')} />;
}

export function StageChoice({ id, label, value, onChange }: WidgetProps) {
  const { say } = useWords();
  const options = STAGES.map((stage) => ({ value: stage, label: say(STAGE_NAMES[stage]) }));
  return <Select id={id} aria-label={label} value={value as string} options={options} onChange={onChange} />;
}

export function Channel({ id, label, value, onChange, meta }: WidgetProps) {
  const { say } = useWords();
  const options = (meta.options ?? []).map((o) => ({ value: o.value, label: say(o.label) }));
  return options.length > 1 && options.length < 4 ? (
    <Segmented id={id} aria-label={label} block value={value as string} options={options} onChange={onChange} />
  ) : (
    <Select id={id} aria-label={label} value={value as string} options={options} onChange={onChange} />
  );
}
