import PostalMime, { type Address } from 'postal-mime';
import { AwsError } from '../time-source.ts';
import type { Mail } from './mail-store.ts';

/** The part of a mail that is in its content. */
export type Content = Pick<Mail, 'subject' | 'text' | 'html' | 'headers' | 'attachments'> &
  Partial<Pick<Mail, 'from' | 'to' | 'cc' | 'raw'>>;

export const badRequest = (message: string) => new AwsError('BadRequestException', message);

interface Part {
  readonly Data: string;
}

/** The `Content` of SendEmail as the API has it. */
export interface GivenContent {
  readonly Simple?: {
    readonly Subject?: Part;
    readonly Body?: { readonly Text?: Part; readonly Html?: Part };
    readonly Headers?: readonly { readonly Name: string; readonly Value: string }[];
    readonly Attachments?: readonly { FileName: string; ContentType?: string; RawContent: string }[];
  };
  /** base64 of a whole MIME message. */
  readonly Raw?: Part;
  readonly Template?: unknown;
}

/** Throws AwsError BadRequestException. */
export async function readContent(content: GivenContent | undefined): Promise<Content> {
  if (content?.Simple) return simple(content.Simple);
  if (content?.Raw?.Data !== undefined) return raw(content.Raw.Data);
  if (content?.Template !== undefined)
    throw badRequest('Templates of SES are not emulated here: send Simple or Raw content.');
  throw badRequest('Content must have one of Simple, Raw and Template.');
}

function simple({ Subject, Body, Headers = [], Attachments = [] }: NonNullable<GivenContent['Simple']>): Content {
  if (Subject?.Data === undefined) throw badRequest('Missing required field: Subject.');
  if (Body?.Text?.Data === undefined && Body?.Html?.Data === undefined)
    throw badRequest('Missing required field: Body.');
  return {
    subject: Subject.Data,
    ...(Body.Text && { text: Body.Text.Data }),
    ...(Body.Html && { html: Body.Html.Data }),
    headers: Object.fromEntries(Headers.map(({ Name, Value }) => [Name, Value])),
    attachments: Attachments.map(({ FileName, ContentType = 'application/octet-stream', RawContent }) => ({
      name: FileName,
      type: ContentType,
      bytes: Buffer.from(RawContent, 'base64').length,
    })),
  };
}

async function raw(data: string): Promise<Content> {
  const bytes = Buffer.from(data, 'base64');
  const mail = await PostalMime.parse(bytes);
  const from = addresses(mail.from === undefined ? [] : [mail.from])[0];
  return {
    subject: mail.subject ?? '',
    ...(mail.text !== undefined && { text: mail.text }),
    ...(mail.html !== undefined && { html: mail.html }),
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? '',
      type: mimeType,
      bytes: typeof content === 'string' ? content.length : content.byteLength,
    })),
    ...(from !== undefined && { from }),
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    raw: bytes.toString(),
  };
}

const addresses = (all: readonly Address[] = []): string[] =>
  all.flatMap((one) =>
    one.group ? addresses(one.group) : one.name ? [`${one.name} <${one.address}>`] : [String(one.address)],
  );
