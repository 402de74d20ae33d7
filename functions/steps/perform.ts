import { pipeline } from '../pipeline.ts';
import { payloadSchema, type StepAnswer } from './payload.ts';
import { runStep } from './run-step.ts';

/** A step that does something: the same way as decide, under the permissions that effects need. */
export const handler = pipeline((event: unknown): Promise<StepAnswer> => runStep(payloadSchema.parse(event)));
