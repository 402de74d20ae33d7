import { Select } from 'antd';
import { useState } from 'react';
import { fieldName } from '../../../../shared/rules/index.ts';
import { useBuilder } from '../../api/segments.ts';
import { useWords } from '../../i18n/index.ts';
import type { WidgetProps } from '../widget.ts';
import { bothNames } from './both-names.ts';
import { type Compared, ComparedWith } from './compared.tsx';
import { Rows } from './rows.tsx';

interface PathProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  /** What has been seen lately; anything else can be typed. */
  readonly seen: readonly string[];
  /** Put in front of what is typed, and not shown. */
  readonly root: string;
}

const holds = (option: { label: string; value: string } | undefined, text: string): boolean =>
  `${option?.label} ${option?.value}`.toLowerCase().includes(text.toLowerCase());

/** The name of a value, chosen among those seen lately or typed. */
function PathBox({ id, label, value, onChange, seen, root }: PathProps) {
  const { t, say } = useWords();
  const [typed, setTyped] = useState('');
  const whole = (name: string): string => (/^(properties|context|traits)\./.test(name) ? name : root + name);
  const called = (path: string): string => {
    const name = path.startsWith(root) ? path.slice(root.length) : path;
    return bothNames(say(fieldName(name)) || name, name);
  };
  const more = [value, typed === '' ? '' : whole(typed)].filter((path) => path !== '' && path !== root);
  const paths = [...new Set([...more, ...seen])];
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch={{ onSearch: setTyped, filterOption: (text, option) => holds(option, text) }}
      value={value === '' || value === root ? undefined : value}
      placeholder={t('form.pathHint')}
      options={paths.map((path) => ({ value: path, label: called(path) }))}
      onChange={(path: string) => {
        setTyped('');
        onChange(path);
      }}
      style={{ width: '100%' }}
    />
  );
}

const PROPERTIES = 'properties.';

/** The properties that the chosen events have had lately; of all events where none is chosen. */
function useProperties(beside: WidgetProps['beside']): readonly string[] {
  const events = useBuilder().data?.events ?? [];
  const chosen = new Set([beside?.['event']].flat());
  const meant = events.filter(({ name }) => chosen.has(name));
  return [...new Set((meant.length > 0 ? meant : events).flatMap(({ properties }) => properties))].sort();
}

/** A property of the events that are chosen beside it. */
export function Property({ id, label, value, onChange, beside }: WidgetProps) {
  const seen = useProperties(beside);
  return (
    <PathBox id={id} label={label} value={String(value ?? '')} onChange={onChange} seen={seen} root={PROPERTIES} />
  );
}

/** Tests of properties, all of which must hold. */
export function PropertyTests({ id, value, onChange, beside, problems = [] }: WidgetProps) {
  const { t } = useWords();
  const seen = useProperties(beside);
  const items = (value ?? []) as readonly Compared[];
  return (
    <Rows
      rows={items}
      onChange={(next) => onChange(next.length === 0 ? undefined : next)}
      fresh={{ path: '', op: 'eq' } as Compared}
      addLabel={t('form.addTest')}
      problems={problems}
    >
      {(item, put, i) => (
        <>
          <div className="path">
            <PathBox
              id={i === 0 ? id : `${id}-${i}`}
              label={t('form.path')}
              value={item.path}
              onChange={(path) => put({ ...item, path })}
              seen={seen}
              root={PROPERTIES}
            />
          </div>
          <ComparedWith id={`${id}-${i}-value`} test={item} onChange={put} />
        </>
      )}
    </Rows>
  );
}
PropertyTests.placesProblems = true as const;

/** The name of a trait of the customer. */
export function TraitName({ id, label, value, onChange }: WidgetProps) {
  const seen = useBuilder().data?.traits ?? [];
  return <PathBox id={id} label={label} value={String(value ?? '')} onChange={onChange} seen={seen} root="" />;
}

/** A test of a trait of the customer. */
export function TraitTest({ id, label, value, onChange }: WidgetProps) {
  const traits = useBuilder().data?.traits ?? [];
  const test = (value ?? { path: '', op: 'eq' }) as Compared;
  return (
    <div className="row">
      <div className="path">
        <PathBox
          id={id}
          label={label}
          value={test.path ?? ''}
          onChange={(path) => onChange({ ...test, path })}
          seen={traits}
          root=""
        />
      </div>
      <ComparedWith id={`${id}-value`} test={test} onChange={onChange} />
    </div>
  );
}
