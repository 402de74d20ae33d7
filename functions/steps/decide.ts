import type { StepAnswer } from '../../shared/compiler/index.ts';
import { pipeline } from '../pipeline.ts';
import { payloadSchema } from './payload.ts';
import { runStep } from './run-step.ts';

/** A step that only looks and decides. */
export const handler = pipeline((event: unknown): Promise<StepAnswer> => runStep(payloadSchema.parse(event)));
