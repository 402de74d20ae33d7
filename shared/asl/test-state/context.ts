/** Checks the context object that a caller of TestState gives. */
import { isObject, type Json } from '../json.ts';

/** What may stand in it: members of the context object as AWS documents it, with their types. */
type Field = 'string' | 'integer' | 'any' | { [member: string]: Field };

const CONTEXT: { [member: string]: Field } = {
  Execution: {
    Id: 'string',
    Input: 'any',
    Name: 'string',
    RoleArn: 'string',
    StartTime: 'string',
    RedriveCount: 'integer',
    RedriveTime: 'string',
  },
  State: { EnteredTime: 'string', Name: 'string', RetryCount: 'integer' },
  StateMachine: { Id: 'string', Name: 'string' },
  Task: { Token: 'string' },
};

/** What is wrong with it; undefined when it can be used. `token`: the state's task has a task token. */
export function contextProblem(context: Json, token: boolean): string | undefined {
  if (!isObject(context)) return 'Context object must be an object';
  if ('Map' in context) return "'Map' field is not supported when mocking a Context object";
  if ('Task' in context && !token)
    return "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern";
  return problem(context, CONTEXT, '');
}

function problem(value: Json, field: Field, at: string): string | undefined {
  if (field === 'any') return undefined;
  if (field === 'string') return typeof value === 'string' ? undefined : `${at} must be a string`;
  if (field === 'integer') return Number.isInteger(value) ? undefined : `${at} must be an integer`;
  if (!isObject(value)) return `${at} must be an object`;
  for (const [name, member] of Object.entries(value)) {
    const known = field[name];
    if (known === undefined) return `Field '${name}' is not allowed`;
    const found = problem(member, known, at ? `${at}.${name}` : name);
    if (found !== undefined) return found;
  }
  return undefined;
}
