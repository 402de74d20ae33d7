import { invalidAttribute, unknownAttribute } from './errors.ts';

/** An attribute of a queue that can be set: what it is when nothing is said, and which values it takes. */
interface AttributeKind {
  readonly default?: string;
  readonly takes: (value: string) => boolean;
  /** Only queues that end with .fifo have it. */
  readonly fifo?: true;
}

const between = (min: number, max: number) => (value: string) =>
  /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
const isBoolean = (value: string) => value === 'true' || value === 'false';
const isJsonOrEmpty = (value: string) => {
  if (value === '') return true;
  try {
    return typeof JSON.parse(value) === 'object';
  } catch {
    return false;
  }
};
const oneOf =
  (...values: string[]) =>
  (value: string) =>
    values.includes(value);

/** SQS's own limits: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const ATTRIBUTES: Readonly<Record<string, AttributeKind>> = {
  DelaySeconds: { default: '0', takes: between(0, 900) },
  MaximumMessageSize: { default: '1048576', takes: between(1024, 1_048_576) },
  MessageRetentionPeriod: { default: '345600', takes: between(60, 1_209_600) },
  ReceiveMessageWaitTimeSeconds: { default: '0', takes: between(0, 20) },
  VisibilityTimeout: { default: '30', takes: between(0, 43_200) },
  SqsManagedSseEnabled: { default: 'true', takes: isBoolean },
  Policy: { takes: isJsonOrEmpty },
  RedrivePolicy: { takes: isRedrivePolicy },
  RedriveAllowPolicy: { takes: isJsonOrEmpty },
  KmsMasterKeyId: { takes: () => true },
  KmsDataKeyReusePeriodSeconds: { takes: between(60, 86_400) },
  FifoQueue: { takes: isBoolean, fifo: true },
  ContentBasedDeduplication: { default: 'false', takes: isBoolean, fifo: true },
  DeduplicationScope: { default: 'queue', takes: oneOf('queue', 'messageGroup'), fifo: true },
  FifoThroughputLimit: { default: 'perQueue', takes: oneOf('perQueue', 'perMessageGroupId'), fifo: true },
};

/** The queue where messages go that were received too often, and how often that is. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

export function redrivePolicyOf(attributes: Readonly<Record<string, string>>): RedrivePolicy | undefined {
  const text = attributes['RedrivePolicy'];
  if (!text) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text) as Record<string, unknown>;
  return { deadLetterTargetArn: String(deadLetterTargetArn), maxReceiveCount: Number(maxReceiveCount) };
}

function isRedrivePolicy(value: string): boolean {
  if (!isJsonOrEmpty(value)) return false;
  if (value === '') return true;
  const { deadLetterTargetArn: arn, maxReceiveCount: count } = JSON.parse(value) as Record<string, unknown>;
  return typeof arn === 'string' && /^arn:[^:]+:sqs:/.test(arn) && between(1, 1000)(String(count));
}

/** Checks attributes to be set; an empty text takes one away. Throws AwsError. */
export function checkAttributes(given: Readonly<Record<string, string>>, fifo: boolean): void {
  for (const [name, value] of Object.entries(given)) {
    const kind = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
    if (!kind || (kind.fifo && !fifo && name !== 'FifoQueue')) throw unknownAttribute(name);
    if (!kind.takes(value)) throw invalidAttribute(name);
  }
}

export const defaultsOf = (fifo: boolean): Record<string, string> =>
  Object.fromEntries(
    Object.entries(ATTRIBUTES).flatMap(([name, kind]) =>
      kind.default === undefined || (kind.fifo && !fifo) ? [] : [[name, kind.default]],
    ),
  );

export const isSettable = (name: string) => Object.hasOwn(ATTRIBUTES, name);
