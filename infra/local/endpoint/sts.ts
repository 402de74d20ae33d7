import type { LocalAws } from '../arns.ts';
import { AwsError } from '../time-source.ts';

export const STS_VERSION = '2011-06-15';
export const STS_NAMESPACE = `https://sts.amazonaws.com/doc/${STS_VERSION}/`;

/** Who am I? The result of the only STS action that tools ask for before doing anything else. */
export function sts(action: string, { account }: LocalAws): string {
  if (action !== 'GetCallerIdentity') throw new AwsError('NotEmulated', `STS ${action} is not emulated here.`, 501);
  return `<Arn>arn:aws:iam::${account}:user/local</Arn><UserId>AIDALOCAL</UserId><Account>${account}</Account>`;
}
