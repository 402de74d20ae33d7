import { z } from 'zod';

/** Paging as every list has it; a cursor is what the page before answered, and means nothing to anybody else. */
export const pageSchema = z.object({
  cursor: z.string().min(1).max(4000).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});
