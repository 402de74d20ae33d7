import { z } from 'zod';

/**
 * What a compiled state hands to a step handler (docs/contracts.md). Machines outlive releases: a machine published
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
});

export type Payload = z.infer<typeof payloadSchema>;

/** What the machine goes on with. */
export interface StepAnswer {
  readonly outlet: string;
  /** Wait until then first; ISO 8601, UTC. */
  readonly until?: string;
}
