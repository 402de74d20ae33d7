import { z } from 'zod';
import type { AdaptedMessage, EventAdapter } from './adapter.ts';
import { nobody, notAboutCustomers, wrongShape } from './problems.ts';
import { type Bag, bagOf, emailId, given, instantOf, listOf, plainValues, textOf } from './reading.ts';

const NAME = { zh: 'Amazon SES', en: 'Amazon SES' };

/** SES event publishing (docs.aws.amazon.com/ses, "Contents of event data"); the detail-type is `Email Delivered` etc. */
const detailSchema = z.looseObject({
  eventType: z.string().min(1),
  mail: z.looseObject({
    timestamp: z.string(),
    messageId: z.string().min(1),
    destination: z.array(z.string()).default([]),
    tags: z.record(z.string(), z.array(z.string())).default({}),
  }),
});

/**
 * What became of a mail. Whose it is: the message tag `customer` that the sender set, the id in base64url (SES allows
 * nothing but letters, digits, - and _ in tags); without it the address, as `email:li@example.com`. An open or a click
 * of a mail to several people does not say whose it was.
 */
export const ses: EventAdapter = {
  id: 'ses',
  name: NAME,
  recognises: ({ source }) => source === 'aws.ses' || source === 'ses',
  translate: ({ detail, detailType }) => {
    if (!detailType.startsWith('Email ')) return notAboutMail(detailType);
    const parsed = detailSchema.safeParse(detail);
    if (!parsed.success) return wrongShape(NAME, parsed.error);
    const { eventType, mail } = parsed.data;
    const kind = KINDS[eventType];
    if (kind === undefined) return notAboutMail(detailType);
    const body = bagOf(parsed.data[kind.body]);
    const timestamp = instantOf(body['timestamp']) ?? instantOf(mail.timestamp);
    const customer = decoded(mail.tags['customer']?.[0]);
    const people = recipients(kind, body) ?? mail.destination;
    const named = customer === undefined ? people.flatMap((one) => emailId(one) ?? []) : [customer];
    if (named.length === 0 || (kind.hers && named.length > 1)) return unnamed(detailType);
    const tags = Object.entries(mail.tags).flatMap(([name, [value]]) =>
      /^ses:|^customer$/.test(name) ? [] : [[name, value]],
    );
    const messages = named.map(
      (id): AdaptedMessage => ({
        type: 'track',
        event: kind.event(body),
        messageId: `ses:${mail.messageId}:${eventType}:${timestamp}${named.length > 1 ? `:${id}` : ''}`.slice(0, 256),
        timestamp,
        ...(customer === undefined ? { anonymousId: id } : { userId: id }),
        properties: given({
          email_id: mail.messageId,
          subject: textOf(bagOf(mail['commonHeaders'])['subject']),
          ...Object.fromEntries(Object.entries(plainValues(body)).filter(([name]) => !PRIVATE.has(name))),
          ...Object.fromEntries(tags),
        }),
        context: { source: 'ses' },
      }),
    );
    return { ok: true, messages };
  },
};

interface Kind {
  /** The member of the event that tells about it. */
  readonly body: string;
  readonly event: (body: Bag) => string;
  /** The list in it that names the people concerned. */
  readonly people?: string;
  /** The recipient did it herself. */
  readonly hers?: true;
}

const KINDS: Readonly<Record<string, Kind>> = {
  Send: { body: 'send', event: () => 'Email Sent' },
  Delivery: { body: 'delivery', event: () => 'Email Delivered', people: 'recipients' },
  DeliveryDelay: { body: 'deliveryDelay', event: () => 'Email Delayed', people: 'delayedRecipients' },
  Bounce: { body: 'bounce', event: () => 'Email Bounced', people: 'bouncedRecipients' },
  Complaint: { body: 'complaint', event: () => 'Email Marked as Spam', people: 'complainedRecipients' },
  Reject: { body: 'reject', event: () => 'Email Rejected' },
  'Rendering Failure': { body: 'failure', event: () => 'Email Rendering Failed' },
  Open: { body: 'open', event: () => 'Email Opened', hers: true },
  Click: { body: 'click', event: () => 'Email Link Clicked', hers: true },
  Subscription: { body: 'subscription', event: subscription, hers: true },
};

/** Her address on the net is nobody's business. */
const PRIVATE = new Set(['ipAddress', 'timestamp', 'smtpResponse', 'remoteMtaIp', 'reportingMTA']);

function subscription(body: Bag): string {
  const now = bagOf(body['newTopicPreferences']);
  const out = listOf(now['topicSubscriptionStatus']).map(bagOf);
  const leaves = now['unsubscribeAll'] === true || out.some((topic) => topic['subscriptionStatus'] === 'OptOut');
  return leaves ? 'Unsubscribed' : 'Subscription Changed';
}

/** Lists of addresses, or of objects with an `emailAddress`. */
function recipients({ people }: Kind, body: Bag): string[] | undefined {
  if (people === undefined) return undefined;
  const found = listOf(body[people]).flatMap((one) => textOf(bagOf(one)['emailAddress'] ?? one) ?? []);
  return found.length === 0 ? undefined : found;
}

/** base64url of UTF-8; undefined for what is not. */
function decoded(tag: string | undefined): string | undefined {
  if (tag === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(tag.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
    return textOf(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

const notAboutMail = (detailType: string) =>
  notAboutCustomers(
    { zh: `SES 的「${detailType}」`, en: `SES’s “${detailType}”` },
    { zh: '转发规则只需匹配 Email 开头的 detail-type。', en: 'Forward only detail-types that begin with Email.' },
  );

const unnamed = (detailType: string) =>
  nobody({ zh: `SES 的「${detailType}」`, en: `SES’s “${detailType}”` }, 'mail.tags.customer', {
    zh: '一封信只发给一个人，或在消息标签 customer 里写明客户（base64url）。',
    en: 'Send each mail to one person, or say whose it is in the message tag customer (base64url).',
  });
