import { z } from 'zod';
import type { Diagnostic } from '../../diagnostics.ts';
import type { EventAdapter } from './adapter.ts';
import { wrongShape } from './problems.ts';

/** What the HTTP intake puts on the bus for a message that it could not accept. */
export const REFUSED = { source: 'intake', detailType: 'refused' };

const words = z.object({ zh: z.string(), en: z.string() });
const detailSchema = z.object({
  /** As it came; only the beginning of it, as a text, where it was too large. */
  message: z.unknown(),
  diagnostics: z
    .array(
      z.looseObject({
        code: z.string(),
        severity: z.enum(['error', 'warning']),
        message: words,
        next: words,
        field: z.string().optional(),
      }),
    )
    .min(1),
});

/**
 * Messages that the HTTP intake has refused, on their way to where refused events are kept: it answered whoever sent
 * them, and here they become visible to everybody else.
 */
export const refused: EventAdapter = {
  id: 'refused',
  name: { zh: 'HTTP 接口拒收', en: 'Refused by the HTTP intake' },
  recognises: ({ source, detailType }) => source === REFUSED.source && detailType === REFUSED.detailType,
  translate: ({ detail }) => {
    const parsed = detailSchema.safeParse(detail);
    if (!parsed.success) return wrongShape({ zh: 'HTTP 接口', en: 'the HTTP intake' }, parsed.error);
    const { message, diagnostics } = parsed.data;
    return { ok: false, diagnostics: diagnostics as Diagnostic[], detail: message };
  },
};
