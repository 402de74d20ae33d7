import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The AWS CLI: Debian's own where it is (its SQS speaks the older Query protocol), else the first on the PATH. */
export async function awsCli(): Promise<string | undefined> {
  const programs = await Promise.all(
    ['/usr/bin/aws', 'aws'].map((program) =>
      run(program, ['--version']).then(
        () => program,
        () => undefined,
      ),
    ),
  );
  const program = programs.find((one) => one !== undefined);
  if (!program) console.info('skipped: the AWS CLI is not installed (apt-get install awscli)');
  return program;
}

/** Runs it against an endpoint; its answer as JSON. Rejects with what it said when it fails. */
export async function runAws(
  program: string,
  endpoint: string,
  args: readonly string[],
): Promise<Record<string, unknown>> {
  const { stdout } = await run(program, ['--endpoint-url', endpoint, '--output', 'json', ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_PAGER: '',
    },
  });
  return JSON.parse(stdout || '{}') as Record<string, unknown>;
}
