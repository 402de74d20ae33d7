/** The management console of each partition of AWS. */
const CONSOLES: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The account that a local stack answers for: no console knows it. */
const NOWHERE = '000000000000';

/** Where the console of AWS shows an execution; undefined for one that runs on a laptop. */
export function awsAddress(executionArn: string): string | undefined {
  const [, partition = '', , region = '', account] = executionArn.split(':');
  const host = CONSOLES[partition];
  if (host === undefined || account === NOWHERE) return undefined;
  return `https://${region}.${host}/states/home?region=${region}#/v2/executions/details/${executionArn}`;
}

/** What asks for the execution's history at a command line; the newest event first, which is what one looks for. */
export const historyCommand = (executionArn: string): string =>
  `aws stepfunctions get-execution-history --reverse-order --execution-arn ${executionArn}`;
