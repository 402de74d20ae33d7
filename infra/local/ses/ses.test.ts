import {
  CreateEmailIdentityCommand,
  DeleteEmailIdentityCommand,
  GetAccountCommand,
  GetEmailIdentityCommand,
  ListEmailIdentitiesCommand,
  SESv2Client,
  SendEmailCommand,
  type SendEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rejected, sdk, startTestStack, type TestStack } from '../test-support/start.ts';

interface ShownMail {
  readonly id: string;
  readonly at: string;
  readonly subject: string;
  readonly raw?: string;
  readonly [member: string]: unknown;
}

describe('SES v2, driven by the AWS SDK', () => {
  let stack: TestStack;
  let ses: SESv2Client;
  beforeAll(async () => {
    stack = await startTestStack();
    ses = new SESv2Client(sdk(stack));
    await stack.local('clock', { to: '2030-01-01T08:00:00Z', freeze: true });
  });
  afterAll(() => stack.end());

  const simple = (more: Partial<SendEmailCommandInput> = {}) =>
    ses.send(
      new SendEmailCommand({
        FromEmailAddress: '花径 <garden@example.com>',
        Destination: { ToAddresses: ['mei@example.com'] },
        Content: {
          Simple: {
            Subject: { Data: '你好' },
            Body: { Text: { Data: 'Hello' }, Html: { Data: '<p>Hello</p>' } },
            Headers: [{ Name: 'List-Unsubscribe', Value: '<https://example.com/u/1>' }],
          },
        },
        EmailTags: [{ Name: 'journey', Value: 'welcome' }],
        ...more,
      }),
    );
  const inbox = async (query = '') => (await stack.local<{ items: ShownMail[] }>(`mail${query}`)).items;

  it('takes a mail, which can be read here', async () => {
    const { MessageId } = await simple();
    expect(await inbox()).toEqual([
      {
        id: MessageId,
        at: '2030-01-01T08:00:00.000Z',
        from: '花径 <garden@example.com>',
        to: ['mei@example.com'],
        cc: [],
        bcc: [],
        replyTo: [],
        subject: '你好',
        text: 'Hello',
        html: '<p>Hello</p>',
        headers: { 'List-Unsubscribe': '<https://example.com/u/1>' },
        attachments: [],
        tags: { journey: 'welcome' },
      },
    ]);
  });

  it('reads a whole message with its parts and attachments', async () => {
    const message = [
      'From: =?UTF-8?B?6Iqx5b6E?= <garden@example.com>',
      'To: Li Lei <li@example.com>',
      'Subject: =?UTF-8?Q?=E6=98=A5=E5=A4=A9?=',
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b1',
      '',
      '--b1',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Spring is here=',
      '!',
      '--b1',
      'Content-Type: application/pdf; name=voucher.pdf',
      'Content-Disposition: attachment; filename=voucher.pdf',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('%PDF-1.7').toString('base64'),
      '--b1--',
      '',
    ].join('\r\n');
    const { MessageId } = await ses.send(
      new SendEmailCommand({ Content: { Raw: { Data: new TextEncoder().encode(message) } } }),
    );
    const [mail] = await inbox('?to=li@example.com');
    expect(mail).toMatchObject({
      id: MessageId,
      from: '花径 <garden@example.com>',
      to: ['Li Lei <li@example.com>'],
      subject: '春天',
      text: expect.stringContaining('Spring is here!'),
      headers: { 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' },
      attachments: [{ name: 'voucher.pdf', type: 'application/pdf', bytes: 8 }],
    });
    expect(mail?.raw).toBeUndefined();
    expect((await stack.local<ShownMail>(`mail/${MessageId}`)).raw).toBe(message);
  });

  it.each<[string, Partial<SendEmailCommandInput>]>([
    ['nobody to send to', { Destination: {} }],
    ['nobody who sends', { FromEmailAddress: undefined }],
    ['an address that is none', { Destination: { ToAddresses: ['mei'] } }],
    ['a template', { Content: { Template: { TemplateName: 't', TemplateData: '{}' } } }],
    ['no text', { Content: { Simple: { Subject: { Data: 's' }, Body: {} } } }],
  ])('refuses %s', async (_, more) => {
    const before = (await inbox()).length;
    expect(await rejected(simple(more))).toMatchObject({
      name: 'BadRequestException',
      $metadata: { httpStatusCode: 400 },
    });
    expect(await inbox()).toHaveLength(before);
  });

  it('is an account that may send to anybody', async () => {
    expect(await ses.send(new GetAccountCommand({}))).toMatchObject({
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      SendQuota: { SentLast24Hours: 2 },
    });
  });

  it('keeps identities, all of them verified', async () => {
    await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'example.com' }));
    const made = await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'garden@example.com' }));
    expect(made).toMatchObject({ IdentityType: 'EMAIL_ADDRESS', VerifiedForSendingStatus: true });
    expect(await ses.send(new GetEmailIdentityCommand({ EmailIdentity: 'example.com' }))).toMatchObject({
      IdentityType: 'DOMAIN',
      VerificationStatus: 'SUCCESS',
    });
    await ses.send(new DeleteEmailIdentityCommand({ EmailIdentity: 'garden@example.com' }));
    const { EmailIdentities } = await ses.send(new ListEmailIdentitiesCommand({}));
    expect(EmailIdentities?.map(({ IdentityName }) => IdentityName)).toEqual(['example.com']);
    expect(await rejected(ses.send(new GetEmailIdentityCommand({ EmailIdentity: 'gone.com' })))).toMatchObject({
      name: 'NotFoundException',
    });
    expect(await rejected(ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'example.com' })))).toMatchObject({
      name: 'AlreadyExistsException',
    });
  });
});
