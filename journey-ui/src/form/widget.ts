import { type ComponentType, createContext, useContext } from 'react';
import type { z } from 'zod';
import type { Diagnostic } from '../../../shared/diagnostics.ts';
import type { FieldMeta } from '../../../shared/form/fields.ts';

/** What every widget of a form is given. `onChange(undefined)` leaves an optional field out. */
export interface WidgetProps {
  readonly id: string;
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly schema: z.ZodType;
  readonly meta: Partial<FieldMeta>;
  readonly required: boolean;
  /** The other settings that stand beside this one. */
  readonly beside?: Readonly<Record<string, unknown>>;
  /** What is wrong with the value, by paths inside it. */
  readonly problems?: readonly Diagnostic[];
}

/** A widget that holds forms itself shows the problems inside it where they belong; of all others the form does. */
export type Widget = ComponentType<WidgetProps> & { placesProblems?: true };

const Widgets = createContext<Readonly<Record<string, Widget>>>({});

/** Gives forms their widgets. They come from outside, because some widgets hold forms themselves. */
export const WidgetsProvider = Widgets.Provider;

export const useWidgets = () => useContext(Widgets);
