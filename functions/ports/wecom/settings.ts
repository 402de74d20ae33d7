import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { machineMs } from '../clock/index.ts';
import { LEAN, lean } from '../sdk/index.ts';

/** What the admin console of WeCom shows for a self-built app that receives events and may use customer contact. */
const settingsSchema = z.object({
  corpId: z.string().min(1),
  /** 「接收事件服务器」: Token and EncodingAESKey. */
  token: z.string().min(1),
  encodingAesKey: z.string().length(43),
  /** The app's Secret; without it callbacks are understood, and nothing is looked up. */
  secret: z.string().min(1).optional(),
  /** Where the API is: WeCom itself, or a proxy of yours that has a fixed address (可信 IP). */
  api: z.url().default('https://qyapi.weixin.qq.com'),
});

export type WeComSettings = z.infer<typeof settingsSchema>;

/** Changed secrets are known everywhere after this long. */
const KEEP_MS = 5 * 60_000;

let kept:
  | { readonly from: string; readonly until: number; readonly settings: Promise<WeComSettings | undefined> }
  | undefined;
let ssm: SSMClient | undefined;

/**
 * The settings as JSON: from the variable WECOM_SETTINGS (on a laptop), else from the SecureString parameter that
 * WECOM_PARAMETER names (on AWS). Undefined where there are none: then WeCom is not used.
 *
 * @throws WeComSettingsWrong where they are there and not usable; never with a value in its words
 */
export function weComSettings(): Promise<WeComSettings | undefined> {
  const from = process.env['WECOM_SETTINGS'] ?? process.env['WECOM_PARAMETER'] ?? '';
  if (kept?.from !== from || kept.until < machineMs()) {
    const settings = read();
    settings.catch(() => {
      kept = undefined;
    });
    kept = { from, until: machineMs() + KEEP_MS, settings };
  }
  return kept.settings;
}

async function read(): Promise<WeComSettings | undefined> {
  const text = process.env['WECOM_SETTINGS'] ?? (await parameter(process.env['WECOM_PARAMETER']));
  if (text === undefined || text === '') return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new WeComSettingsWrong(['not JSON']);
  }
  const parsed = settingsSchema.safeParse(json);
  if (!parsed.success) throw new WeComSettingsWrong(parsed.error.issues.map(({ path }) => path.join('.')));
  return parsed.data;
}

async function parameter(name: string | undefined): Promise<string | undefined> {
  if (name === undefined || name === '') return undefined;
  ssm ??= lean(new SSMClient(LEAN));
  try {
    const answer = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return answer.Parameter?.Value;
  } catch (error) {
    if ((error as Error).name === 'ParameterNotFound') return undefined;
    throw error;
  }
}

export class WeComSettingsWrong extends Error {
  readonly code = 'wecom-settings-wrong';
  /** Their names. */
  readonly fields: readonly string[];
  constructor(fields: readonly string[]) {
    super(`The settings of WeCom cannot be used: ${fields.join(', ')}`);
    this.name = 'WeComSettingsWrong';
    this.fields = fields;
  }
}
