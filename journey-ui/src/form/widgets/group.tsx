import { SchemaForm } from '../field-view.tsx';
import type { WidgetProps } from '../widget.ts';

/** An object inside an object: its own fields, set off. */
export function Group({ schema, value, onChange, problems = [] }: WidgetProps) {
  return (
    <div className="item">
      <SchemaForm folded schema={schema} value={value} onChange={onChange} problems={problems} />
    </div>
  );
}
Group.placesProblems = true as const;
