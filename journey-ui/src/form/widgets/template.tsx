import { Input } from 'antd';
import { lazy, Suspense } from 'react';
import { z } from 'zod';
import { core } from '../schema-parts.ts';
import type { WidgetProps } from '../widget.ts';

const Preview = lazy(() => import('./template-preview.tsx').then((m) => ({ default: m.TemplatePreview })));

/** A text with variables, and how it would read to a sample customer. */
export function Template({ id, value, onChange, schema, required }: WidgetProps) {
  const text = typeof value === 'string' ? value : '';
  const inner = core(schema);
  const long = inner instanceof z.ZodString && (inner.maxLength ?? 0) > 1000;
  const put = (next: string): void => onChange(next === '' && !required ? undefined : next);
  return (
    <>
      <Input.TextArea
        id={id}
        value={text}
        autoSize={{ minRows: long ? 4 : 1, maxRows: 14 }}
        onChange={(e) => put(e.target.value)}
      />
      {long && text.trim() !== '' && (
        <Suspense fallback={null}>
          <Preview template={text} />
        </Suspense>
      )}
    </>
  );
}
