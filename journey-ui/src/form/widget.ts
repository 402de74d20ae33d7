import { type ComponentType, createContext, useContext } from 'react';
import type { z } from 'zod';
import type { FieldMeta } from '../../../shared/nodes/fields.ts';

/** What every widget of a form is given. `onChange(undefined)` leaves an optional field out. */
export interface WidgetProps {
  readonly id: string;
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly schema: z.ZodType;
  readonly meta: Partial<FieldMeta>;
  readonly required: boolean;
}

const Widgets = createContext<Readonly<Record<string, ComponentType<WidgetProps>>>>({});

/** Gives forms their widgets. They come from outside, because some widgets hold forms themselves. */
export const WidgetsProvider = Widgets.Provider;

export const useWidgets = () => useContext(Widgets);
