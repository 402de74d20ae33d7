import { z } from 'zod';
import type { EventAdapter } from './adapter.ts';
import { wrongShape } from './problems.ts';

/** What an import puts on the bus: a message, and tags that the row gives by hand. */
export const IMPORTED = { source: 'pergola.import' };

const detailSchema = z.object({
  message: z.looseObject({}),
  tags: z.array(z.string().min(1).max(200)).max(50).optional(),
});

/**
 * Rows of an import. They come by this way and not over HTTP, because they may carry tags: whoever may put events on the
 * bus has permissions of the account; a write key stands in web pages, and nobody shall tag herself VIP.
 */
export const imported: EventAdapter = {
  id: 'imported',
  name: { zh: '导入', en: 'Import' },
  recognises: ({ source }) => source === IMPORTED.source,
  translate: ({ detail }) => {
    const parsed = detailSchema.safeParse(detail);
    if (!parsed.success) return wrongShape({ zh: '导入工具', en: 'an import' }, parsed.error);
    const { message, tags } = parsed.data;
    return { ok: true, messages: [message], ...(tags === undefined ? {} : { tags }) };
  },
};
