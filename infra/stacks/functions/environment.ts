import type { Construct } from 'constructs';
import { BUS_NAME, STATE_MACHINE_PREFIX, TABLES, type TableName } from '../../topology.ts';
import type { DeployConfig } from '../config.ts';
import { executionLogGroupArn, executionRoleArn, stepArn, tableName } from '../names.ts';

/** What every function is told (docs/contracts.md, "Environment of every function"); secrets are not among it. */
export function commonEnvironment(scope: Construct, config: DeployConfig): Record<string, string> {
  const tables = Object.keys(TABLES).map((table) => [`TABLE_${table.toUpperCase()}`, tableName(table as TableName)]);
  return {
    ...Object.fromEntries(tables),
    BUS_NAME,
    STATE_MACHINE_PREFIX,
    EXECUTION_ROLE_ARN: executionRoleArn(scope),
    EXECUTION_LOG_GROUP_ARN: executionLogGroupArn(scope),
    STEP_DECIDE_ARN: stepArn(scope, 'steps-decide'),
    STEP_PERFORM_ARN: stepArn(scope, 'steps-perform'),
    STEP_AWAIT_ARN: stepArn(scope, 'steps-await'),
    TENANT_ZONE: config.zone,
    DUE_SHARDS: String(config.dueShards),
    NODE_OPTIONS: '--enable-source-maps',
    POWERTOOLS_SERVICE_NAME: 'pergola',
    POWERTOOLS_METRICS_NAMESPACE: 'Pergola',
    // Event payloads carry personal data: never into the logs, whatever level is set.
    POWERTOOLS_LOGGER_LOG_EVENT: 'false',
  };
}
