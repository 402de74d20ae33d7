import { describe, expect, it } from 'vitest';
import { awsAddress } from './aws-address.ts';

const arn = (partition: string, region: string, account: string): string =>
  `arn:${partition}:states:${region}:${account}:execution:pergola-recall:recall-u_1-1.0`;

describe('where AWS shows an execution', () => {
  it('is the console of its region, in the partition that it runs in', () => {
    const one = arn('aws', 'eu-west-1', '111122223333');
    expect(awsAddress(one)).toBe(
      `https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/${one}`,
    );
    expect(awsAddress(arn('aws-cn', 'cn-north-1', '111122223333'))).toContain(
      'https://cn-north-1.console.amazonaws.cn/',
    );
  });

  it('is nowhere for one that runs on a laptop', () => {
    expect(awsAddress(arn('aws', 'us-east-1', '000000000000'))).toBeUndefined();
  });
});
