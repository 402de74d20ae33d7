import { STATE_MACHINE_PREFIX, STEP_ALIAS, TABLES } from '../../topology.ts';
import type { Arns } from '../arns.ts';
import { BUS, functionFullName, tableFullName } from '../names.ts';

/** The access key by which the endpoint tells calls of the stack's own functions from those of others. */
export const FUNCTIONS_KEY = 'pergola-functions';

/**
 * The environment every function finds (docs/contracts.md). All functions share this process, so it is set once, before
 * the first of them is imported.
 */
export function functionEnvironment(options: {
  readonly arns: Arns;
  readonly endpoint: string;
  readonly dynamodb: string;
}): Record<string, string> {
  const { arns, endpoint, dynamodb } = options;
  const step = (name: string) => arns.fn(functionFullName(name), STEP_ALIAS);
  return {
    ...Object.fromEntries(Object.keys(TABLES).map((table) => [`TABLE_${table.toUpperCase()}`, tableFullName(table)])),
    BUS_NAME: BUS,
    STATE_MACHINE_PREFIX,
    EXECUTION_ROLE_ARN: arns.role('pergola-journeys'),
    STEP_DECIDE_ARN: step('steps-decide'),
    STEP_PERFORM_ARN: step('steps-perform'),
    STEP_AWAIT_ARN: step('steps-await'),
    TENANT_ZONE: process.env['TENANT_ZONE'] ?? 'Asia/Shanghai',
    // One process sweeps: more shards would only be more questions.
    DUE_SHARDS: process.env['DUE_SHARDS'] ?? '1',
    WRITE_KEYS: process.env['WRITE_KEYS'] ?? 'local',
    AWS_REGION: arns.aws.region,
    AWS_DEFAULT_REGION: arns.aws.region,
    AWS_ACCESS_KEY_ID: FUNCTIONS_KEY,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: endpoint,
    // Straight to the database: the endpoint would only pass the bytes on.
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    // A profile of the developer must neither be needed nor be used by accident.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    POWERTOOLS_TRACE_ENABLED: 'false',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_LOG_LEVEL: process.env['POWERTOOLS_LOG_LEVEL'] ?? 'WARN',
    POWERTOOLS_SERVICE_NAME: 'pergola',
  };
}

/** Variables that would make the SDK look elsewhere. */
const MISLEADING = ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_DEFAULT_PROFILE', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'];

/** Puts the variables into this process. */
export function applyEnvironment(variables: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) {
    if (MISLEADING.includes(name) || name.startsWith('AWS_ENDPOINT_URL')) delete process.env[name];
  }
  Object.assign(process.env, variables);
}
