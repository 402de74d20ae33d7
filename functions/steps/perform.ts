import type { StepAnswer } from '../../shared/compiler/index.ts';
import { pipeline } from '../pipeline.ts';
import { completed, failed } from './end-of-way.ts';
import { payloadSchema } from './payload.ts';
import { runStep } from './run-step.ts';

/** A step that does something; also where a machine tells that its way has ended, or that a step failed for good. */
export const handler = pipeline(async (event: unknown): Promise<StepAnswer> => {
  const payload = payloadSchema.parse(event);
  if (payload.failure !== undefined) return failed(payload, payload.failure);
  if (payload.end !== undefined) return completed(payload, payload.end);
  return runStep(payload);
});
