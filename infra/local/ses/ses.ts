import { randomUUID } from 'node:crypto';
import { type RestRoute, restDoor } from '../endpoint/doors/rest.ts';
import { type Body, type EndpointService, operationTable } from '../endpoint/service.ts';
import { anything, list, required, shape, structure, text } from '../endpoint/shape.ts';
import { type Memory, openMemory, type Store } from '../store.ts';
import { AwsError, type Clock } from '../time-source.ts';
import { type Mail, type MailStore, openMailStore } from './mail-store.ts';
import { badRequest, type GivenContent, readContent } from './read-content.ts';

/** SES v2: what is sent stays here, to be read under /_local/mail. */
export interface Ses extends EndpointService {
  readonly mail: MailStore;
}

const DAY = 86_400_000;
/** As an account has it that may send to anybody. */
const QUOTA = { Max24HourSend: 50_000, MaxSendRate: 14 };

const IDENTITIES = '/v2/email/identities';
const IDENTITY = `${IDENTITIES}/{EmailIdentity}`;
const ROUTES: readonly RestRoute[] = [
  { operation: 'SendEmail', method: 'POST', path: '/v2/email/outbound-emails' },
  { operation: 'GetAccount', method: 'GET', path: '/v2/email/account' },
  { operation: 'CreateEmailIdentity', method: 'POST', path: IDENTITIES },
  { operation: 'ListEmailIdentities', method: 'GET', path: IDENTITIES },
  // As SDKs of late 2026 ask for it.
  { operation: 'ListEmailIdentities', method: 'POST', path: '/v2/email/list-identities' },
  { operation: 'GetEmailIdentity', method: 'GET', path: IDENTITY },
  { operation: 'DeleteEmailIdentity', method: 'DELETE', path: IDENTITY },
];

const INVALID = 'BadRequestException';
const addresses = list(text({ min: 1 }));
const send = shape(
  {
    FromEmailAddress: text(),
    Destination: structure({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses }),
    ReplyToAddresses: addresses,
    Content: required(anything),
    EmailTags: list(structure({ Name: required(text()), Value: required(text()) })),
  },
  INVALID,
);
const named = shape({ EmailIdentity: required(text({ min: 1 })) }, INVALID);

export function createSes({ store, clock }: { readonly store: Store; readonly clock: Clock }): Ses {
  const mail = openMailStore(store);
  const identities = openIdentities(openMemory(store));

  async function sendEmail(body: Body) {
    const { FromEmailAddress, Destination, ReplyToAddresses = [], Content, EmailTags = [] } = send(body);
    const content = await readContent(Content as GivenContent);
    const from = FromEmailAddress ?? content.from;
    if (!from) throw badRequest('Missing required field: FromEmailAddress.');
    const told: Mail = {
      ...content,
      id: `${randomUUID().replaceAll('-', '')}-${randomUUID()}-000000`,
      at: clock.now(),
      from,
      to: Destination?.ToAddresses ?? content.to ?? [],
      cc: Destination?.CcAddresses ?? content.cc ?? [],
      bcc: Destination?.BccAddresses ?? [],
      replyTo: ReplyToAddresses,
      tags: Object.fromEntries(EmailTags.map(({ Name, Value }) => [Name, Value])),
    };
    const everybody = [...told.to, ...told.cc, ...told.bcc];
    if (everybody.length === 0) throw badRequest('Missing required field: Destination.');
    const wrong = [...everybody, from].find((address) => !/^[^@]*[^\s<@]+@[^\s>@]+>?$/s.test(address));
    if (wrong !== undefined) throw badRequest(`Illegal address: ${wrong}`);
    mail.add(told);
    return { MessageId: told.id };
  }

  const find = (body: Body) => {
    const { EmailIdentity } = named(body);
    if (!identities.all().includes(EmailIdentity))
      throw new AwsError('NotFoundException', `Email identity ${EmailIdentity} does not exist.`, 404);
    return EmailIdentity;
  };
  const kindOf = (identity: string) => (identity.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN');
  const verified = (identity: string) => ({ IdentityType: kindOf(identity), VerifiedForSendingStatus: true });

  return {
    // Requests are signed for "ses".
    names: ['sesv2', 'ses'],
    doors: [restDoor(ROUTES)],
    mail,
    ...operationTable('SES v2', {
      SendEmail: sendEmail,
      GetAccount: () => ({
        DedicatedIpAutoWarmupEnabled: false,
        EnforcementStatus: 'HEALTHY',
        ProductionAccessEnabled: true,
        SendingEnabled: true,
        SendQuota: { ...QUOTA, SentLast24Hours: mail.count(clock.now() - DAY) },
      }),
      CreateEmailIdentity(body) {
        const { EmailIdentity } = named(body);
        if (identities.all().includes(EmailIdentity))
          throw new AwsError('AlreadyExistsException', `Email identity ${EmailIdentity} already exist.`);
        identities.put([...identities.all(), EmailIdentity]);
        return verified(EmailIdentity);
      },
      GetEmailIdentity(body) {
        const identity = find(body);
        return { ...verified(identity), VerificationStatus: 'SUCCESS', FeedbackForwardingStatus: true, Policies: {} };
      },
      ListEmailIdentities: () => ({
        EmailIdentities: identities.all().map((identity) => ({
          IdentityType: kindOf(identity),
          IdentityName: identity,
          SendingEnabled: true,
          VerificationStatus: 'SUCCESS',
        })),
      }),
      DeleteEmailIdentity(body) {
        const identity = find(body);
        identities.put(identities.all().filter((one) => one !== identity));
      },
    }),
  };
}

/** Identities: every one counts as verified, and sending asks for none. */
function openIdentities(memory: Memory) {
  let identities = memory.get<string[]>('ses-identities') ?? [];
  return {
    all: () => identities,
    put(all: string[]) {
      memory.set('ses-identities', all);
      identities = all;
    },
  };
}
