/**
 * What an execution's history looks like in CloudWatch Logs, for machines that ask for it (loggingConfiguration).
 * Which events a level lets through: AWS developer guide, "Log levels for Step Functions execution events".
 */
import type { HistoryEvent } from '../../../shared/asl/index.ts';

export interface LogLine {
  timestamp: number;
  message: string;
}

/** Where log lines go. Groups are named by their ARN, which ends in `:*` as CloudWatch writes it. */
export interface LogSink {
  hasGroup(groupArn: string): boolean;
  put(groupArn: string, stream: string, lines: LogLine[]): void;
}

interface Logging {
  group: string;
  level: string;
  data: boolean;
}

const LEVELS: Readonly<Record<string, RegExp>> = {
  ALL: /./,
  ERROR: /(?:Failed|TimedOut|Aborted)$|^FailStateEntered$/,
  FATAL: /^Execution(?:Failed|TimedOut|Aborted)$/,
};

/** Members that hold what executions work on. */
const DATA = new Set([
  'input',
  'inputDetails',
  'output',
  'outputDetails',
  'parameters',
  'assignedVariables',
  'assignedVariablesDetails',
]);

const known = new Map<string, Logging | undefined>();

/** What a machine's configuration (as kept, a JSON text) asks for; undefined where nothing is logged. */
export function loggingOf(config: string): Logging | undefined {
  if (!known.has(config)) {
    if (known.size > 1_000) known.clear();
    known.set(config, read(config));
  }
  return known.get(config);
}

function read(config: string): Logging | undefined {
  const { loggingConfiguration: logging } = JSON.parse(config) as {
    loggingConfiguration?: { level?: string; includeExecutionData?: boolean; destinations?: unknown[] };
  };
  const group = logDestination(logging?.destinations?.[0]);
  if (!group || !logging?.level || !LEVELS[logging.level]) return undefined;
  return { group, level: logging.level, data: logging.includeExecutionData === true };
}

/** The log group of a destination. */
export function logDestination(destination: unknown): string | undefined {
  return (destination as { cloudWatchLogsLogGroup?: { logGroupArn?: string } } | undefined)?.cloudWatchLogsLogGroup
    ?.logGroupArn;
}

/** Hands the events of one step on, as far as they are asked for. */
export function logEvents(
  sink: LogSink,
  logging: Logging,
  execution: { arn: string; redrives: number },
  events: readonly HistoryEvent[],
): void {
  const wanted = events.filter(({ type }) => LEVELS[logging.level]?.test(type));
  if (wanted.length === 0 || !sink.hasGroup(logging.group)) return;
  const [first] = events as [HistoryEvent];
  const machine = execution.arn.split(':')[6] ?? '';
  const day = new Date(first.timestamp).toISOString().slice(0, 16).replace(/[T:]/g, '-');
  const lines = wanted.map((event) => ({
    timestamp: event.timestamp,
    message: JSON.stringify(line(event, logging, execution)),
  }));
  sink.put(logging.group, `states/${machine}/${day}`, lines);
}

function line(event: HistoryEvent, { data }: Logging, { arn, redrives }: { arn: string; redrives: number }): unknown {
  const { timestamp, type, id, previousEventId, ...rest } = event;
  const details = Object.entries((Object.values(rest)[0] ?? {}) as Record<string, unknown>);
  return {
    id: String(id),
    type,
    details: Object.fromEntries(data ? details : details.filter(([member]) => !DATA.has(member))),
    previous_event_id: String(previousEventId),
    event_timestamp: String(timestamp),
    execution_arn: arn,
    redrive_count: String(redrives),
  };
}
