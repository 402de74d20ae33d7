import { expect } from 'vitest';
import { column, type Story } from './story.ts';

export const email: Story = {
  service: 'sesv2',
  async tell({ call, tag }) {
    const EmailIdentity = `${tag}.example.com`;
    expect(await call('CreateEmailIdentity', { EmailIdentity })).toMatchObject({ VerifiedForSendingStatus: true });
    expect(await call('GetEmailIdentity', { EmailIdentity })).toMatchObject({ IdentityType: 'DOMAIN' });
    expect(column((await call('ListEmailIdentities'))['EmailIdentities'], 'IdentityName')).toContain(EmailIdentity);
    const { MessageId } = await call('SendEmail', {
      FromEmailAddress: `shop@${EmailIdentity}`,
      Destination: { ToAddresses: ['mei@example.com'] },
      Content: { Simple: { Subject: { Data: '你好' }, Body: { Text: { Data: '花' } } } },
    });
    expect(MessageId).toEqual(expect.any(String));
    const { SendQuota } = (await call('GetAccount')) as { SendQuota: { SentLast24Hours: number } };
    expect(SendQuota.SentLast24Hours).toBeGreaterThan(0);
    await call('DeleteEmailIdentity', { EmailIdentity });
    await expect(call('GetEmailIdentity', { EmailIdentity })).rejects.toThrow(/not exist/);
  },
};
