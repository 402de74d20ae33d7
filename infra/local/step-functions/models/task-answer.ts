/** What the result of a Task state looks like, as far as AWS holds a made-up one to it. */
import type { Shape, TaskResource } from '../../../../shared/asl/index.ts';
import { answerShape } from './service-models.ts';

/** Optimised integrations: the service's own name, where the integration has another. */
const SERVICES: Readonly<Record<string, string>> = { states: 'sfn', events: 'eventbridge' };

/** A job's result is the answer of the call that asks how it is doing. */
const JOBS: Readonly<Record<string, string>> = { 'states:startExecution': 'DescribeExecution' };

/** Members that an integration gives in another form than the API: a function's payload is JSON, not bytes. */
const FREE: Readonly<Record<string, readonly string[]>> = { 'lambda:invoke': ['Payload'] };

/** Undefined where anything goes: callbacks, activities, functions by ARN, services whose model is not at hand. */
export async function taskAnswerShape(resource: TaskResource): Promise<Shape | undefined> {
  const { service, action, pattern } = resource;
  if (!service || !action || pattern === 'callback') return undefined;
  const name = action.split('.')[0] as string;
  const known = `${service}:${name}`;
  const operation = pattern === 'job' ? JOBS[known] : name.charAt(0).toUpperCase() + name.slice(1);
  if (!operation) return undefined;
  const client = service.startsWith('aws-sdk:') ? service.slice('aws-sdk:'.length) : (SERVICES[service] ?? service);
  const shape = await answerShape(client, operation);
  const free = FREE[known];
  if (shape?.kind !== 'structure' || !free) return shape;
  const members = new Map(shape.members);
  for (const member of free) members.set(member, () => ({ kind: 'any' }));
  return { ...shape, members };
}
