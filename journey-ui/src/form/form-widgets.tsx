import type { ReactNode } from 'react';
import { WidgetsProvider } from './widget.ts';
import { WIDGETS } from './widgets/index.ts';

/** Gives every form inside it the widgets. */
export function FormWidgets({ children }: { children: ReactNode }) {
  return <WidgetsProvider value={WIDGETS}>{children}</WidgetsProvider>;
}
