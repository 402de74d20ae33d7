/** The execution that stories of the interpreter tell of. */
export const EXECUTION = {
  id: 'b1946ac9-2492-4d23-8b1c-000000000001',
  executionArn: 'arn:aws:states:eu-west-1:000000000000:execution:m:one',
  name: 'one',
  roleArn: 'arn:aws:iam::000000000000:role/r',
  stateMachineArn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:m',
  stateMachineName: 'm',
};
