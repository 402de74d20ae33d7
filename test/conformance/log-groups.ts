/** Just enough of CloudWatch Logs for recordings of machines that log their executions. */
import type { LogLine, LogSink } from '../../infra/local/step-functions/logging.ts';
import { AwsError } from '../../infra/local/time-source.ts';

export class LogGroups implements LogSink {
  private readonly place: string;
  private readonly groups = new Map<string, LogLine[]>();

  /** `place`: region and account, as ARNs have them. */
  constructor(place: string, names: readonly string[]) {
    this.place = place;
    for (const name of names) this.groups.set(name, []);
  }

  private arn(name: string): string {
    return `arn:aws:logs:${this.place}:log-group:${name}:*`;
  }

  private named(arn: string): LogLine[] | undefined {
    return [...this.groups].find(([name]) => this.arn(name) === arn)?.[1];
  }

  hasGroup(arn: string): boolean {
    return this.named(arn) !== undefined;
  }

  put(arn: string, _stream: string, lines: LogLine[]): void {
    this.named(arn)?.push(...lines);
  }

  /** An operation as the recordings call it. GetLogEvents answers as their helper did: what the messages say. */
  call(operation: string, params: Record<string, unknown>): unknown {
    const prefix = String(params.logGroupNamePrefix ?? '');
    const name = String(params.logGroupName ?? '');
    switch (operation) {
      case 'DescribeLogGroups': {
        const names = [...this.groups.keys()].filter((known) => known.startsWith(prefix));
        return { logGroups: names.map((logGroupName) => ({ logGroupName, arn: this.arn(logGroupName) })) };
      }
      case 'GetLogEvents':
        return (this.groups.get(name) ?? []).map(({ message }) => JSON.parse(message) as unknown);
      case 'DeleteLogGroup':
        this.groups.delete(name);
        return {};
      default:
        throw new AwsError('UnknownOperation', `logs:${operation} is not part of the recordings`);
    }
  }
}
