import type { Form } from './form.ts';

/** When something happened, and with which event. */
export interface Moment {
  readonly t: number;
  readonly id: string;
}

export const momentForm: Form<Moment> = {
  pack: ({ t, id }, pen) => [pen.time(t), pen.text(id)],
  unpack: (packed, book) => {
    const [t, id] = packed as [number, number];
    return { t: book.time(t), id: book.text(id) };
  },
};
