import { z } from 'zod';
import type { StepPayload } from '../../shared/compiler/index.ts';

/**
 * What a compiled state hands to a step handler (shared/compiler/payload.ts). Machines outlive releases: a machine published
 * today calls the handlers of next year, so this shape only grows, and a new one gets a new number.
 */
export const payloadSchema = z.object({
  nodeApi: z.literal(1),
  journey: z.string(),
  version: z.number(),
  enrolment: z.string(),
  customer: z.string(),
  node: z.string(),
  visit: z.number().default(1),
  state: z.string(),
  executionId: z.string(),
  /** When the state was entered, ISO 8601. */
  enteredAt: z.string(),
  /** Nodes passed since the last step that called us, without one. */
  trail: z
    .array(z.object({ node: z.string(), outlet: z.string(), at: z.string(), visit: z.number().default(1) }))
    .default([]),
  token: z.string().optional(),
  limitAt: z.string().optional(),
  end: z.object({ outcome: z.literal('completed'), reason: z.string() }).optional(),
  failure: z
    .object({
      state: z.string(),
      node: z.string(),
      error: z.string(),
      cause: z.string(),
      failedRedrive: z.number(),
      redrive: z.number(),
    })
    .optional(),
}) satisfies z.ZodType<StepPayload>;

export type Payload = z.infer<typeof payloadSchema>;
