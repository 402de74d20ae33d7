import { Input, Segmented, Select } from 'antd';
import { COMPARISONS, type ComparisonName } from '../../../../shared/events/index.ts';
import { COMPARISON_WORDS } from '../../../../shared/rules/index.ts';
import { useWords } from '../../i18n/index.ts';

/** A value at a path compares so. */
export interface Compared {
  readonly path: string;
  readonly op: ComparisonName;
  readonly value?: unknown;
}

interface Props {
  readonly id: string;
  readonly test: Compared;
  readonly onChange: (test: Compared) => void;
}

/** How a value compares, and with what: its own box for a list, for "is known", and for everything else. */
export function ComparedWith({ id, test, onChange }: Props) {
  const { t, say } = useWords();
  const { op, value } = test;
  const put = (next: unknown): void => onChange(withValue(test, next));
  const choose = (next: ComparisonName): void => onChange(withValue({ ...test, op: next }, fitting(next, value)));
  return (
    <>
      <Select
        value={op}
        aria-label={t('form.comparison')}
        options={COMPARISONS.map((one) => ({ value: one, label: say(COMPARISON_WORDS[one]) }))}
        onChange={choose}
        style={{ width: 124 }}
      />
      <div className="grow">
        {op === 'exists' ? (
          <Segmented
            aria-label={t('form.value')}
            options={[
              { value: 'yes', label: t('yes') },
              { value: 'no', label: t('no') },
            ]}
            value={value === false ? 'no' : 'yes'}
            onChange={(next) => put(next === 'no' ? false : undefined)}
          />
        ) : op === 'in' ? (
          <Select
            id={id}
            aria-label={t('form.value')}
            mode="tags"
            open={false}
            suffixIcon={null}
            tokenSeparators={[',', '，', '、']}
            placeholder={t('form.listHint')}
            value={Array.isArray(value) ? value.map(textOf) : []}
            onChange={(list: string[]) => put(list.length === 0 ? undefined : list.map(plain))}
            style={{ width: '100%' }}
          />
        ) : (
          <Input
            id={id}
            aria-label={t('form.value')}
            placeholder={t('form.valueHint')}
            value={textOf(value)}
            onChange={(e) => put(plain(e.target.value))}
          />
        )}
      </div>
    </>
  );
}

function withValue({ path, op }: Compared, value: unknown): Compared {
  return value === undefined ? { path, op } : { path, op, value };
}

/** What is kept of a value when it is compared in another way. */
function fitting(op: ComparisonName, value: unknown): unknown {
  if (op === 'exists') return undefined;
  if (op === 'in') return value === undefined || Array.isArray(value) ? value : [value];
  return Array.isArray(value) ? value[0] : value;
}

const textOf = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** Numbers and yes/no as such, everything else as text. */
function plain(text: string): unknown {
  if (text === '') return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  // A number with a zero before it, or too long to be counted with, is an id.
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text;
}
