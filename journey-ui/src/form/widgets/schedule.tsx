import { Input, Select, Space } from 'antd';
import {
  blankSchedule,
  expressionOf,
  type PlainSchedule,
  plainSchedule,
  plainWays,
  scheduleParts,
} from '../../../../shared/schedule-expressions/index.ts';
import { useWords } from '../../i18n/index.ts';
import type { WidgetProps } from '../widget.ts';
import { NextMoments } from './next-moments.tsx';
import { PARTS } from './schedule-parts.tsx';

const OTHER = 'other';
type Way = PlainSchedule['type'] | typeof OTHER;

/** A schedule said in everyday terms and kept as an expression; one that is richer is written by hand. */
export function Schedule({ id, label, value, onChange }: WidgetProps) {
  const { t, say } = useWords();
  const expression = String(value ?? '');
  const plain = plainSchedule(expression);
  const at = plain !== undefined && 'at' in plain ? plain.at : '10:00';
  const put = (next: PlainSchedule): void => onChange(expressionOf(next));
  const begin = (way: Way): void => {
    if (way === OTHER) onChange('cron(0 10 ? * MON#1 *)');
    else put(blankSchedule(way, at, new Date().toISOString().slice(0, 10)));
  };
  return (
    <Space orientation="vertical" className="schedule-field">
      <Select<Way>
        id={id}
        aria-label={label}
        value={plain?.type ?? OTHER}
        options={[
          ...plainWays().map((way) => ({ value: way.type, label: say(way.label) })),
          { value: OTHER, label: t('form.otherSchedule') },
        ]}
        onChange={begin}
        style={{ width: '100%' }}
      />
      {plain === undefined ? (
        <Input
          value={expression}
          aria-label={t('form.expression')}
          className="mono"
          onChange={(e) => onChange(e.target.value)}
        />
      ) : (
        scheduleParts(plain).map((line) => <Line key={line[0]?.field} line={line} plain={plain} put={put} />)
      )}
      <NextMoments expression={expression} />
    </Space>
  );
}

interface LineProps {
  readonly line: ReturnType<typeof scheduleParts>[number];
  readonly plain: PlainSchedule;
  readonly put: (next: PlainSchedule) => void;
}

function Line({ line, plain, put }: LineProps) {
  return (
    <div className="row">
      {line.map(({ field, as }) => {
        const Field = PARTS[as];
        const value = (plain as unknown as Record<string, unknown>)[field];
        return <Field key={field} value={value} onChange={(next) => put({ ...plain, [field]: next })} />;
      })}
    </div>
  );
}
