import { beforeAll, describe, expect, it } from 'vitest';
import { FUNCTIONS, type FunctionName, type FunctionSpec, type TableName } from '../topology.ts';
import { ACCOUNT, REGION, testApp } from './test-app.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const { all, template } = testApp();
const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
const arn = (service: string, rest: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;

/** Every statement of a role: those inside it and those of policies attached to it. */
function statementsOf(roleName: string): Statement[] {
  const roles = template('PergolaFunctions').findResources('AWS::IAM::Role', { Properties: { RoleName: roleName } });
  const [id, role] = Object.entries(roles)[0]!;
  const inline = role['Properties']['Policies'] as { PolicyDocument: { Statement: Statement[] } }[];
  const attached = all('AWS::IAM::Policy').filter(({ Properties }) =>
    (Properties['Roles'] as unknown as { Ref: string }[]).some(({ Ref }) => Ref === id),
  );
  return [
    ...inline.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    ...attached.flatMap(
      ({ Properties }) => (Properties['PolicyDocument'] as unknown as { Statement: Statement[] }).Statement,
    ),
  ];
}

const functions = Object.entries<FunctionSpec>(FUNCTIONS) as [FunctionName, FunctionSpec][];
const allowed = (name: FunctionName, action: string): unknown[] =>
  statementsOf(`pergola-${name}`)
    .filter(({ Action }) => list(Action).includes(action))
    .flatMap(({ Resource }) => list(Resource));

/** Synthesised once; 5 s of one free core. */
beforeAll(() => void template('PergolaData'), 180_000);

describe('each function', () => {
  it.each(functions)('%s has a role of its own, no managed policy, no action with a wildcard', (name) => {
    const [role] = Object.values(
      template('PergolaFunctions').findResources('AWS::IAM::Role', { Properties: { RoleName: `pergola-${name}` } }),
    );
    expect(role!['Properties']).not.toHaveProperty('ManagedPolicyArns');
    const actions = statementsOf(`pergola-${name}`).flatMap(({ Action }) => list(Action));
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it.each(
    functions,
  )('%s may do to tables what the topology says: never scan, never write where it reads', (name, spec) => {
    const tables = Object.entries(spec.tables) as [TableName, 'r' | 'rw'][];
    const expected = (access: string) =>
      tables.filter(([, a]) => a.includes(access)).map(([t]) => arn('dynamodb', `table/pergola-${t}`));
    const base = (action: string) => allowed(name, action).filter((resource) => !String(resource).includes('/index/'));
    expect(base('dynamodb:GetItem').sort()).toEqual(expected('r').sort());
    expect(base('dynamodb:PutItem').sort()).toEqual(expected('w').sort());
    expect(allowed(name, 'dynamodb:Scan')).toEqual([]);
  });

  it.each(functions)('%s puts events and calls Step Functions only where the topology says', (name, spec) => {
    expect(allowed(name, 'events:PutEvents')).toEqual(spec.bus ? [arn('events', 'event-bus/pergola')] : []);
    const states = statementsOf(`pergola-${name}`)
      .flatMap(({ Action }) => list(Action))
      .filter((action) => action.startsWith('states:'));
    expect(states.sort()).toEqual((spec.states ?? []).map((action) => `states:${action}`).sort());
    const reach = statementsOf(`pergola-${name}`)
      .filter(({ Action }) => list(Action).some((action) => action.startsWith('states:')))
      .flatMap(({ Resource }) => list(Resource));
    for (const resource of reach) expect(resource).toMatch(/:(stateMachine|execution):pergola-jny-\*/);
  });

  it('reaches everything only for tracing', () => {
    for (const [name] of functions) {
      const wide = statementsOf(`pergola-${name}`).filter(({ Resource }) => list(Resource).includes('*'));
      expect(wide.flatMap(({ Action }) => list(Action)).filter((action) => !action.startsWith('xray:'))).toEqual([]);
    }
  });
});

describe('the execution role', () => {
  it('may invoke the aliases of the step handlers, and no other function', () => {
    const steps = functions.filter(([, { trigger }]) => trigger.type === 'step').map(([name]) => name);
    const invokes = statementsOf('pergola-journeys').filter(({ Action }) =>
      list(Action).includes('lambda:InvokeFunction'),
    );
    expect(invokes.flatMap(({ Resource }) => list(Resource)).sort()).toEqual(
      steps.map((name) => arn('lambda', `function:pergola-${name}:live`)).sort(),
    );
    expect(steps).toHaveLength(3);
  });

  it('may do nothing else but write logs and traces', () => {
    const services = statementsOf('pergola-journeys')
      .flatMap(({ Action }) => list(Action))
      .map((action) => action.split(':')[0]);
    expect(new Set(services)).toEqual(new Set(['lambda', 'logs', 'xray']));
  });

  it('is taken on by Step Functions of this account only', () => {
    template('PergolaFunctions').hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'pergola-journeys',
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'states.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': ACCOUNT },
              ArnLike: { 'aws:SourceArn': arn('states', 'stateMachine:*') },
            },
          },
        ],
      },
    });
  });

  it('is handed on only by who publishes, and only to Step Functions', () => {
    const passing = functions.flatMap(([name]) =>
      statementsOf(`pergola-${name}`)
        .filter(({ Action }) => list(Action).includes('iam:PassRole'))
        .map((statement) => ({ name, statement })),
    );
    expect(passing.map(({ name }) => name)).toEqual(
      functions.filter(([, spec]) => spec.passRole).map(([name]) => name),
    );
    for (const { statement } of passing) {
      expect(statement).toMatchObject({
        Action: 'iam:PassRole',
        Resource: `arn:aws:iam::${ACCOUNT}:role/pergola-journeys`,
        Condition: { StringEquals: { 'iam:PassedToService': 'states.amazonaws.com' } },
      });
    }
  });
});

it('no other policy in our stacks allows an action with a wildcard, save in what CDK itself brings', () => {
  const wide = all('AWS::IAM::Policy')
    .filter(({ Properties }) => !String(Properties['PolicyName']).startsWith('CustomCDKBucketDeployment'))
    .flatMap(({ Properties }) => (Properties['PolicyDocument'] as unknown as { Statement: Statement[] }).Statement)
    .flatMap(({ Action }) => list(Action))
    .filter((action) => action.includes('*'));
  expect(wide).toEqual([]);
});

it('the key is open to users of DynamoDB in this account, and to nobody who comes another way', () => {
  const [key] = all('AWS::KMS::Key');
  const { Statement } = key!.Properties['KeyPolicy'] as unknown as {
    Statement: { Principal: unknown; Condition: unknown }[];
  };
  const anybody = Statement.filter(({ Principal }) => JSON.stringify(Principal) === '{"AWS":"*"}');
  expect(anybody).toHaveLength(1);
  expect(anybody[0]!.Condition).toEqual({
    StringEquals: {
      'kms:CallerAccount': ACCOUNT,
      'kms:ViaService': { 'Fn::Join': ['', [`dynamodb.${REGION}.`, { Ref: 'AWS::URLSuffix' }]] },
    },
  });
  expect(key!.Properties['EnableKeyRotation']).toBe(true);
});
