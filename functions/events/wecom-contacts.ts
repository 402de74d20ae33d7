import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { z } from 'zod';
import { contactMessages } from '../../shared/events/index.ts';
import { failedItem, pipeline } from '../pipeline.ts';
import { putEvents } from '../ports/bus/index.ts';
import {
  fetchContact,
  forgetFollow,
  keepFollow,
  knownFollow,
  WeComRefused,
  type WeComSettings,
  weComClientFor,
  weComSettings,
} from '../ports/wecom/index.ts';
import { readable } from './readable.ts';

/** Callbacks about one member and one customer; the rule on the bus lets nothing else through. */
const id = z.string().min(1).max(200);
const callbackSchema = z.object({
  ToUserName: id,
  CreateTime: z.string().regex(/^\d{1,11}$/),
  ChangeType: id,
  UserID: id,
  ExternalUserID: id,
});
type Callback = z.infer<typeof callbackSchema>;

/**
 * WeCom says that a contact was added or edited, not what is known of her now: this looks, compares with what was seen
 * last, and puts on the bus what is new. One at a time: WeCom allows few calls at once. While it wants no calls, the
 * messages stay in the queue and come again.
 */
export const handler = pipeline(async (batch: SQSEvent): Promise<SQSBatchResponse> => {
  const settings = await weComSettings();
  const failures: SQSBatchResponse['batchItemFailures'] = [];
  for (const { id: message, detail } of readable(batch.Records, callbackSchema)) {
    try {
      await follow(detail, settings);
    } catch (error) {
      failedItem('wecom-contact-failed', message, error);
      failures.push({ itemIdentifier: message });
    }
  }
  return { batchItemFailures: failures };
});

const ADDED = new Set(['add_external_contact', 'add_half_external_contact']);
const LOST = new Set(['del_external_contact', 'del_follow_user']);

async function follow(callback: Callback, settings: WeComSettings | undefined): Promise<void> {
  const { ExternalUserID: external, UserID: member, ChangeType, CreateTime, ToUserName: corp } = callback;
  if (LOST.has(ChangeType)) return forgetFollow(external, member);
  // Without the app's secret there is nothing to look with; the callback itself has been told already.
  if (settings?.secret === undefined) return;
  const client = weComClientFor({ ...settings, secret: settings.secret });
  for (let look = 0; look < LOOKS; look++) {
    const known = await knownFollow(external, member);
    const contact = await fetchContact(client, external).catch((error: unknown) => {
      if (error instanceof WeComRefused && error.contactGone) return undefined;
      throw error;
    });
    if (contact === undefined) return forgetFollow(external, member);
    const at = new Date(Number(CreateTime) * 1000).toISOString();
    const messages = contactMessages({ corp, member, at, added: ADDED.has(ChangeType) }, contact, known);
    // Told first, kept second: a crash between the two tells the same again, under the same ids.
    await putEvents(
      messages.map((detail) => ({ source: 'wecom-contacts', detailType: String(detail['type']), detail })),
    );
    const mine = contact.follows.find(({ userid }) => userid === member);
    if (mine === undefined || (await keepFollow(external, mine, known))) return;
  }
  throw new Error('A contact of WeCom was looked at by others each time');
}

/** Somebody else may keep what they saw between our look and our keeping. */
const LOOKS = 5;
