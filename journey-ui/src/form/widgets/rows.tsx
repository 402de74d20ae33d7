import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/index.ts';
import { ProblemLines } from '../problem-lines.tsx';
import { under } from '../problems.ts';
import type { WidgetProps } from '../widget.ts';

interface Props<Row> {
  readonly rows: readonly Row[];
  readonly onChange: (rows: readonly Row[]) => void;
  /** What a new one begins as. */
  readonly fresh: Row;
  readonly addLabel: string;
  /** So many stay. */
  readonly atLeast?: number;
  readonly problems?: WidgetProps['problems'];
  readonly className?: string;
  /** The fields of one row; beside them stands the button that takes it out. */
  readonly children: (row: Row, put: (next: Row) => void, place: number) => ReactNode;
}

/** Rows of the same fields, each with what is wrong about it; added below, taken out beside. */
export function Rows<Row>({
  rows,
  onChange,
  fresh,
  addLabel,
  atLeast = 0,
  problems = [],
  className = 'row',
  children,
}: Props<Row>) {
  const { t } = useWords();
  return (
    <div className="tests">
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the list
        <div key={i} className="test">
          <div className={className}>
            {children(row, (next) => onChange(rows.map((old, j) => (j === i ? next : old))), i)}
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('remove')}
              disabled={rows.length <= atLeast}
              onClick={() => onChange(rows.filter((_, j) => j !== i))}
            />
          </div>
          <ProblemLines problems={under(problems, String(i))} />
        </div>
      ))}
      <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => onChange([...rows, fresh])}>
        {addLabel}
      </Button>
    </div>
  );
}
