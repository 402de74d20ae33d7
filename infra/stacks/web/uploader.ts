import type { CfnElement, Stack } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { acknowledge, wildcard } from '../acknowledge.ts';

const REASON =
  "aws-cdk-lib's own file copier: it runs only while deploying, and copies from CDK's assets to this bucket.";

/** BucketDeployment brings a function that is not ours to write; what cdk-nag finds in it is listed here one by one. */
export function acknowledgeUploader(stack: Stack, bucket: Bucket): void {
  const files = stack.getLogicalId(bucket.node.defaultChild as CfnElement);
  const assets = stack.formatArn({
    service: 's3',
    region: '',
    account: '',
    resource: `cdk-hnb659fds-assets-${stack.account}-${stack.region}`,
    resourceName: '*',
  });
  const found = [
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    ...['Abort*', 'DeleteObject*', 'GetBucket*', 'GetObject*', 'List*'].map(
      (s3) => `AwsSolutions-IAM5[Action::s3:${s3}]`,
    ),
    wildcard('*'),
    wildcard(`<${files}.Arn>/*`),
    wildcard(assets),
    'AwsSolutions-L1',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaLatestVersion',
    'Serverless-LambdaTracing',
  ];
  for (const construct of stack.node.children.filter(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'))) {
    acknowledge(construct, Object.fromEntries(found.map((id) => [id, REASON])));
  }
}
