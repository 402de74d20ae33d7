/** The account and region that the local stack answers for. */
export interface LocalAws {
  readonly account: string;
  readonly region: string;
}

/** Names things as AWS names them. */
export interface Arns {
  readonly aws: LocalAws;
  fn(name: string, qualifier?: string): string;
  queue(name: string): string;
  bus(name: string): string;
  rule(bus: string, name: string): string;
  role(name: string): string;
  /** What an ARN of a queue or function ends with: its name. */
  nameOf(arn: string): string;
  archive(name: string): string;
  replay(name: string): string;
  schedule(group: string, name: string): string;
  scheduleGroup(name: string): string;
  logGroup(name: string): string;
  /** `label` is the stream's own label, as CreateTable gave it. */
  stream(table: string, label: string): string;
}

export function createArns(aws: LocalAws): Arns {
  const at = (service: string) => `arn:aws:${service}:${aws.region}:${aws.account}`;
  return {
    aws,
    fn: (name, qualifier) => `${at('lambda')}:function:${name}${qualifier ? `:${qualifier}` : ''}`,
    queue: (name) => `${at('sqs')}:${name}`,
    bus: (name) => `${at('events')}:event-bus/${name}`,
    // AWS leaves the bus out of the ARN of a rule on the default bus.
    rule: (bus, name) => `${at('events')}:rule/${bus === 'default' ? '' : `${bus}/`}${name}`,
    nameOf: (arn) => arn.split(':').at(-1) ?? '',
    archive: (name) => `${at('events')}:archive/${name}`,
    replay: (name) => `${at('events')}:replay/${name}`,
    schedule: (group, name) => `${at('scheduler')}:schedule/${group}/${name}`,
    scheduleGroup: (name) => `${at('scheduler')}:schedule-group/${name}`,
    logGroup: (name) => `${at('logs')}:log-group:${name}`,
    role: (name) => `arn:aws:iam::${aws.account}:role/${name}`,
    stream: (table, label) => `${at('dynamodb')}:table/${table}/stream/${label}`,
  };
}
