import type { Service } from '../service.ts';

/** One API operation. What it throws as AwsError is the answer; see committer.ts for what it may write before that. */
export type Operation = (body: Record<string, unknown>, service: Service) => unknown;
