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
const WITHOUT_JOBS = new Set(['lambda', 'dynamodb', 'sns', 'sqs', 'events', 'apigateway', 'http']);
/** Source: AWS, "Integrating optimized services with Step Functions". */
const OPTIMISED = new Set([
  ...WITHOUT_JOBS,
  ...['athena', 'batch', 'bedrock', 'codebuild', 'databrew', 'ecs', 'eks', 'elasticmapreduce', 'emr-containers'],
  ...['emr-serverless', 'glue', 'mediaconvert', 'sagemaker', 'states'],
]);

/** Whether AWS has such an integration at all; which calls a service has is not looked at. */
export function isOffered({ family, service = '', action = '', pattern }: TaskResource): boolean {
  if (family !== 'service') return true;
  if (service.startsWith('aws-sdk:')) return pattern !== 'job' && /^[a-z]/.test(action);
  return OPTIMISED.has(service) && !(pattern === 'job' && WITHOUT_JOBS.has(service));
}
