import { Select } from 'antd';
import { useId } from 'react';
import type { Condition } from '../../../shared/rules/index.ts';
import type { Reading } from '../../../shared/tags/index.ts';
import { useWords } from '../i18n/index.ts';

const OWN = -1;

/** Which of the ready readings a rule is; `OWN` when somebody has written it otherwise. */
const readingOf = (when: Condition | undefined, readings: readonly Reading[]): number =>
  readings.findIndex((one) => JSON.stringify(one.when) === JSON.stringify(when));

/** Chooses among the readings that a tag or segment brings along; the rule itself stays open to be changed. */
export function ChooseReading({
  when,
  readings = [],
  onChange,
}: {
  when: Condition | undefined;
  readings: readonly Reading[] | undefined;
  onChange: (when: Condition) => void;
}) {
  const { t, say } = useWords();
  const id = useId();
  if (readings.length === 0) return null;
  const chosen = readingOf(when, readings);
  return (
    <div className="field">
      <label htmlFor={id}>{t('edit.reading')}</label>
      <Select
        id={id}
        value={chosen}
        options={[
          ...readings.map((one, i) => ({ value: i, label: say(one.name) })),
          ...(chosen === OWN ? [{ value: OWN, label: t('edit.ownReading') }] : []),
        ]}
        onChange={(i: number) => {
          const reading = readings[i];
          if (reading !== undefined) onChange(reading.when);
        }}
      />
      <p className="field-help">{t('edit.readingHelp')}</p>
    </div>
  );
}

/** Which reading is in force, beside the rule as a sentence. */
export function ReadingInForce({
  when,
  readings = [],
}: {
  when: Condition | undefined;
  readings: readonly Reading[] | undefined;
}) {
  const { t, say } = useWords();
  if (readings.length === 0) return null;
  const reading = readings[readingOf(when, readings)];
  return (
    <p className="muted">
      {t('edit.readingIs', { name: reading === undefined ? t('edit.ownReading') : say(reading.name) })}
    </p>
  );
}
