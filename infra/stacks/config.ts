import type { Node } from 'constructs';
import { z } from 'zod';
import { PACKS, pack } from '../../shared/packs/index.ts';

/** CloudWatch keeps logs only for these numbers of days. */
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653];

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/**
 * What an operator may choose, by cdk context (`-c zone=Europe/Berlin`, or cdk.json). Values from the command line are
 * texts, so numbers and flags are read from texts too.
 */
const deployConfigSchema = z.object({
  /** IANA zone of days, weekdays and quiet hours. */
  zone: z.string().refine(isZone, 'must be an IANA time zone such as Asia/Shanghai').default('Asia/Shanghai'),
  /** Partitions of the due index. Raise it only while nothing is due: readers look into as many as are set here. */
  dueShards: z.coerce.number().int().min(1).max(256).default(8),
  /** Who gets the alarms; without it the topic has no subscriber. */
  alarmMail: z.email().optional(),
  logDays: z.coerce
    .number()
    .refine((days) => LOG_DAYS.includes(days), `must be one of ${LOG_DAYS.join(', ')}`)
    .default(30),
  /** Days the bus keeps a copy of all events for replay; 0 = no archive. Erasing a customer does not reach into it. */
  archiveDays: z.coerce.number().int().min(0).max(400).default(0),
  /** Tables and sign-ins survive `cdk destroy`. False only for accounts that are thrown away. */
  protect: flag.default(true),
  /** ARN of a secret that holds the write keys, comma separated; without it one is made with one random key. */
  writeKeysSecret: z.string().startsWith('arn:').optional(),
  /** Starter packs to deploy and install, comma separated. Taking one out leaves its journeys and tags where they are. */
  packs: z
    .string()
    .default('private-domain')
    .transform((text) => text.split(',').map((id) => id.trim()))
    .refine((ids) => ids.every((id) => pack(id) !== undefined), `must be of ${PACKS.map(({ id }) => id).join(', ')}`),
  /** Of the packs' journeys: their cards and messages. Not set: as they were installed last, at first zh. */
  language: z.enum(['zh', 'en']).optional(),
  /** Bring what SES tells about mails (configuration set → EventBridge) from the default bus to ours. */
  sesEvents: flag.default(false),
  /** Buses of partner event sources (Shopify, Stripe, Segment) whose events come to ours, comma separated. */
  partnerBuses: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((name) => name.trim() || []))
    .refine(
      (names) => names.every((name) => name.startsWith('aws.partner/')),
      'must be names of partner event buses such as aws.partner/shopify.com/1234/shop',
    ),
  /** Any other value makes the next deploy read the secret again. */
  writeKeysRevision: z.coerce.string().default('1'),
  /** Requests per second at /v1, for all senders together. */
  intakeRate: z.coerce.number().int().positive().default(500),
  intakeBurst: z.coerce.number().int().positive().default(1000),
});

export type DeployConfig = z.infer<typeof deployConfigSchema>;

export class WrongContext extends Error {
  readonly code = 'wrong-context';
}

/** Reads the config from cdk context; throws WrongContext with one line per wrong value. */
export function readConfig(node: Node): DeployConfig {
  const given = Object.fromEntries(
    Object.keys(deployConfigSchema.shape).map((key) => [key, node.tryGetContext(key) ?? undefined]),
  );
  const parsed = deployConfigSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  -c ${issue.path.join('.')}=…  ${issue.message}`);
  throw new WrongContext(`These context values cannot be used:\n${lines.join('\n')}`);
}
