/** A Task state's Resource, taken apart. */
export interface TaskResource {
  /** Which events it leaves: see tasks/index.ts. */
  family: 'lambda-function' | 'activity' | 'service' | 'map-io';
  arn: string;
  /** For services, as events name them: `lambda`, `aws-sdk:sfn`, …; and `invoke`, `invoke.waitForTaskToken`, … */
  service?: string;
  action?: string;
  /** How it waits: for the call's answer, for a callback with the task's token, or for the job it started. */
  pattern: 'request' | 'callback' | 'job';
}

const LAMBDA = /^arn:aws[\w-]*:lambda:[\w-]*:[\w-]*:function:.+$/;
const ACTIVITY = /^arn:aws[\w-]*:states:[\w-]*:[\w-]*:activity:.+$/;
const SERVICE = /^arn:aws[\w-]*:states:[\w-]*:[\w-]*:((?:aws-sdk:)?[\w-]+):(\w+)((?:\.\w+)?(?::2)?)$/;

/** Undefined for a text that no Task state accepts. */
export function parseResource(arn: string): TaskResource | undefined {
  if (LAMBDA.test(arn)) return { family: 'lambda-function', arn, pattern: 'request' };
  if (ACTIVITY.test(arn)) return { family: 'activity', arn, pattern: 'callback' };
  const [, service, action, suffix = ''] = SERVICE.exec(arn) ?? [];
  if (!service || !action) return undefined;
  const pattern = suffix === '.waitForTaskToken' ? 'callback' : suffix.startsWith('.sync') ? 'job' : 'request';
  return { family: 'service', arn, service, action: `${action}${suffix}`, pattern };
}

/** Optimised integrations that only ask and take the answer, or wait for a callback; all others can also wait for a job. */
const WITHOUT_JOBS: Readonly<Record<string, readonly string[]>> = {
  lambda: ['invoke'],
  dynamodb: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
  sns: ['publish'],
  sqs: ['sendMessage'],
  events: ['putEvents'],
  apigateway: ['invoke'],
  http: ['invoke'],
};
/** Those that nobody can be told to answer through. */
const WITHOUT_CALLBACKS = new Set(['dynamodb', 'http']);
/** Source: AWS, "Integrating optimized services with Step Functions". */
const OPTIMISED = new Set([
  ...Object.keys(WITHOUT_JOBS),
  ...['athena', 'batch', 'bedrock', 'codebuild', 'databrew', 'ecs', 'eks', 'elasticmapreduce', 'emr-containers'],
  ...['emr-serverless', 'glue', 'mediaconvert', 'sagemaker', 'states'],
]);

/** Whether AWS has such an integration; which calls the larger services have is not looked at. */
export function isOffered({ family, service = '', action = '', pattern }: TaskResource): boolean {
  if (family !== 'service') return true;
  if (service.startsWith('aws-sdk:')) return pattern !== 'job' && /^[a-z]/.test(action);
  const calls = WITHOUT_JOBS[service];
  if (!calls) return OPTIMISED.has(service);
  if (pattern === 'job' || (pattern === 'callback' && WITHOUT_CALLBACKS.has(service))) return false;
  return calls.includes(action.split('.')[0] as string);
}
