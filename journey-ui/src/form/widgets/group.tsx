import { SchemaForm } from '../field-view.tsx';
import type { WidgetProps } from '../widget.ts';

/** An object inside an object: its own fields, set off. */
export function Group({ schema, value, onChange }: WidgetProps) {
  return (
    <div className="item">
      <SchemaForm schema={schema} value={value} onChange={onChange} />
    </div>
  );
}
