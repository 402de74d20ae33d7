/** What AWS says of definitions: from recordings, from its API reference, and from published measurements. */
import { describe, expect, it } from 'vitest';
import { checkDefinition, type Json, type JsonObject, validateDefinition } from '../index.ts';

const END = { End: true };
const machine = (states: JsonObject, more: JsonObject = {}): JsonObject => ({
  StartAt: Object.keys(states)[0] as string,
  States: states,
  ...more,
});
const told = (definition: Json, severity: 'ERROR' | 'WARNING' = 'ERROR') =>
  checkDefinition(definition)
    .filter((one) => one.severity === severity)
    .map(({ code, message, location }) => `${code} ${location ?? '(nowhere)'}: ${message}`);

describe('a definition', () => {
  it('must be there, and be JSON', () => {
    expect(validateDefinition('')).toMatchObject([{ code: 'MISSING_DESCRIPTION' }]);
    for (const text of [' ', '[]', '"text"'])
      expect(validateDefinition(text)).toEqual([
        {
          severity: 'ERROR',
          code: 'SCHEMA_VALIDATION_FAILED',
          message: 'Definition must be a valid JSON object',
        },
      ]);
    expect(validateDefinition('nonsense')).toMatchObject([
      { code: 'INVALID_JSON_DESCRIPTION', location: '[Source: (String)"nonsense"; line: 1, column: 9]' },
    ]);
    expect(told({})).toEqual(['SCHEMA_VALIDATION_FAILED /: These fields are required: [States, StartAt]']);
  });

  it('must lead somewhere, and end', () => {
    const loop = { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } };
    expect(told(machine(loop))).toEqual(['MISSING_END_STATE (nowhere): Workflow has no terminal state']);
    expect(told(machine({ ...loop, C: { Type: 'Pass', Next: 'A' } }))).toHaveLength(1);
    expect(told(machine({ ...loop, C: { Type: 'Succeed' } }))).toEqual([
      'MISSING_TRANSITION_TARGET /States/C: State "C" is not reachable.',
    ]);
    expect(told(machine({ A: { Type: 'Pass', Next: 'NOPE' } }))).toEqual([
      "MISSING_TRANSITION_TARGET /States/A/Next: Missing 'Next' target: NOPE",
      'MISSING_END_STATE (nowhere): Workflow has no terminal state',
    ]);
  });

  it("calls every target that is not there a 'Next'", () => {
    const choice = { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'X' }], Default: 'Y' };
    const task = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Catch: [{ ErrorEquals: ['E'], Next: 'Z' }],
    };
    expect(told(machine({ C: choice, T: { ...task, ...END } })).slice(0, 3)).toEqual([
      "MISSING_TRANSITION_TARGET /States/C/Choices[0]/Next: Missing 'Next' target: X",
      "MISSING_TRANSITION_TARGET /States/C/Default: Missing 'Next' target: Y",
      "MISSING_TRANSITION_TARGET /States/T/Catch[0]/Next: Missing 'Next' target: Z",
    ]);
  });

  it.each([
    'Pass',
    'Wait',
    'Choice',
    'Succeed',
    'Fail',
    'Map',
    'Parallel',
  ])('gives a time limit to a task, not to a %s', (type) => {
    const found = told(machine({ S: { Type: type, TimeoutSeconds: 1 } }));
    expect(found).toContain("SCHEMA_VALIDATION_FAILED /States/S: Field 'TimeoutSeconds' is not supported");
  });

  it.each(['Pass', 'Wait', 'Choice', 'Succeed', 'Fail'])('has nothing to catch or retry in a %s', (type) => {
    const found = told(machine({ S: { Type: type, Catch: [], Retry: [] } }));
    expect(found).toContain("SCHEMA_VALIDATION_FAILED /States/S: Field 'Catch' is not supported");
    expect(found).toContain("SCHEMA_VALIDATION_FAILED /States/S: Field 'Retry' is not supported");
  });

  it('has no fields that AWS does not know', () => {
    expect(told(machine({ S: { Type: 'Pass', Parameter: {}, ...END } }, { Timeout: 1 }))).toEqual([
      "SCHEMA_VALIDATION_FAILED /: Field 'Timeout' is not supported",
      "SCHEMA_VALIDATION_FAILED /States/S: Field 'Parameter' is not supported",
    ]);
  });

  it('holds numbers where numbers are, within what they may be', () => {
    const wait = (Seconds: Json) => told(machine({ S: { Type: 'Wait', Seconds, ...END } }));
    expect(wait('60')).toEqual(['SCHEMA_VALIDATION_FAILED /States/S/Seconds: Expected value of type Integer']);
    expect(wait(1.5)).toEqual(['SCHEMA_VALIDATION_FAILED /States/S/Seconds: Expected value of type Integer']);
    expect(wait(1e16)).toEqual(['SCHEMA_VALIDATION_FAILED /States/S/Seconds: Maximum value is 99999999']);
    expect(wait(0)).toEqual([]);
    expect(told(machine({ S: { Type: 'Succeed' } }, { TimeoutSeconds: 0 }))).toEqual([
      'SCHEMA_VALIDATION_FAILED /TimeoutSeconds: Minimum value is 1',
    ]);
    const jsonata = { QueryLanguage: 'JSONata' };
    expect(told(machine({ S: { Type: 'Wait', Seconds: '{% 1 %}', ...END } }, jsonata))).toEqual([]);
    expect(told(machine({ S: { Type: 'Wait', Seconds: 'soon', ...END } }, jsonata))).toHaveLength(1);
  });

  it('has retriers, catchers, rules and variables that make sense', () => {
    const task = (more: JsonObject) =>
      told(machine({ T: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', ...END, ...more } }));
    const retrier = { ErrorEquals: ['A'], IntervalSeconds: 0, BackoffRate: 0.5, JitterStrategy: 'SOME' };
    expect(task({ Retry: [retrier] }).map((one) => one.split(': ')[1])).toEqual([
      'Minimum value is 1',
      'Minimum value is 1.0',
      'Value should be one of the following',
    ]);
    expect(task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] })).toHaveLength(1);
    expect(task({ Retry: [{ ErrorEquals: ['A', 'States.ALL'] }] })).toHaveLength(1);
    expect(task({ Retry: [{ ErrorEquals: ['A'], Attempts: 1 }] })).toEqual([
      "SCHEMA_VALIDATION_FAILED /States/T/Retry[0]: Field 'Attempts' is not supported",
    ]);
    expect(task({ Retry: { ErrorEquals: ['A'] } })).toHaveLength(1);
    expect(task({ Assign: 'all' })).toHaveLength(1);
    expect(task({ Catch: [{ ErrorEquals: ['A'] }] })).toEqual([
      'SCHEMA_VALIDATION_FAILED /States/T/Catch[0]: These fields are required: [Next]',
    ]);
    expect(task({ Assign: { '1st': 1, states: 2, ['x'.repeat(81)]: 3, 'größe.$': '$' } })).toHaveLength(3);
    const choice = (rule: JsonObject) =>
      told(machine({ C: { Type: 'Choice', Choices: [rule] }, E: { Type: 'Succeed' } }));
    expect(choice({ Next: 'E' })).toEqual([
      'SCHEMA_VALIDATION_FAILED /States/C/Choices[0]: These fields are required: [Variable]',
    ]);
  });

  it('says each thing once', () => {
    const only = (state: JsonObject) => told(machine({ S: { ...END, ...state } }));
    const one = (...fields: string[]) => [
      `SCHEMA_VALIDATION_FAILED /States/S: There should only be one of the following fields: [${fields.join(', ')}]`,
    ];
    expect(only({ Type: 'Wait', Seconds: 1, TimestampPath: '$.at' })).toEqual(one('Seconds', 'TimestampPath'));
    const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
    expect(only({ ...task, TimeoutSeconds: 9, TimeoutSecondsPath: '$.t' })).toEqual(
      one('TimeoutSeconds', 'TimeoutSecondsPath'),
    );
    const items = machine({ I: { Type: 'Pass', ...END } });
    expect(only({ Type: 'Map', ItemProcessor: items, ItemSelector: {}, Parameters: {} })).toEqual(
      one('ItemSelector', 'Parameters'),
    );
    expect(told(machine({ F: { Type: 'Fail', Error: 'E', ErrorPath: '$.e' } }))).toHaveLength(1);
    expect(only({ Type: 'Pass', Result: 1, ResultPath: '$.result' })).toEqual([]);
    expect(only({ ...task, TimeoutSeconds: 9, HeartbeatSeconds: 9 })).toHaveLength(1);
    expect(only({ ...task, TimeoutSeconds: 9, HeartbeatSeconds: 8 })).toEqual([]);
  });

  it('goes on only from states that go on', () => {
    const choice = { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'E' }], Next: 'E' };
    expect(told(machine({ C: choice, E: { Type: 'Succeed', End: true } }))).toEqual([
      "SCHEMA_VALIDATION_FAILED /States/C: Field 'Next' is not supported",
      "SCHEMA_VALIDATION_FAILED /States/E: Field 'End' is not supported",
    ]);
  });

  it('compares one thing with one other, of its kind, in each rule', () => {
    const rule = (given: JsonObject) =>
      told(machine({ C: { Type: 'Choice', Choices: [{ Next: 'E', ...given }] }, E: { Type: 'Succeed' } })).map((line) =>
        line.replace('SCHEMA_VALIDATION_FAILED /States/C/Choices[0]', ''),
      );
    const a = { Variable: '$.a' };
    expect(rule({ ...a, IsNull: true, StringEquals: 'x' })).toEqual([
      ': There should only be one of the following fields: [IsNull, StringEquals]',
    ]);
    expect(rule({ ...a, StringEqual: 'x' })[0]).toBe(": Field 'StringEqual' is not supported");
    expect(rule({ ...a, NumericEquals: '1' })).toEqual(['/NumericEquals: Expected value of type Number']);
    expect(rule({ ...a, TimestampEquals: 'noon' })).toEqual([
      '/TimestampEquals: String does not match RFC3339 timestamp',
    ]);
    expect(rule({ ...a, StringEqualsPath: '$.b' })).toEqual([]);
    expect(rule({ ...a, StringMatchesPath: '$.b' })[0]).toMatch(/not supported/);
    expect(rule({ And: [] })).toEqual(['/And: Value cannot be empty']);
    expect(rule({ Not: { ...a, IsNull: true, Next: 'E' } })).toEqual(["/Not: Field 'Next' is not supported"]);
    expect(rule({ Or: [{ ...a, IsNull: true }, { IsPresent: true }] })).toEqual([
      '/Or[1]: These fields are required: [Variable]',
    ]);
    expect(rule({ Variable: 'a', IsNull: true })).toEqual(['/Variable: Value must be a valid JSONPath.']);
  });

  it('has machines inside it that are like itself', () => {
    const items = (more: JsonObject) => machine({ I: { Type: 'Pass', ...END } }, more);
    const map = (more: JsonObject) => told(machine({ M: { Type: 'Map', ItemProcessor: items(more), ...END } }));
    expect(map({ Timeout: 1 })).toEqual([
      "SCHEMA_VALIDATION_FAILED /States/M/ItemProcessor: Field 'Timeout' is not supported",
    ]);
    expect(map({ ProcessorConfig: { Mode: 'DISTRIBUTED' } })).toEqual([
      'SCHEMA_VALIDATION_FAILED /States/M/ItemProcessor/ProcessorConfig: These fields are required: [ExecutionType]',
    ]);
    expect(map({ ProcessorConfig: { Mode: 'BOTH' } })).toEqual([
      'SCHEMA_VALIDATION_FAILED /States/M/ItemProcessor/ProcessorConfig/Mode: Value should be one of the following: [INLINE, DISTRIBUTED]',
    ]);
    expect(told(machine({ P: { Type: 'Parallel', Branches: {}, ...END } }))).toEqual([
      'SCHEMA_VALIDATION_FAILED /States/P/Branches: Expected value of type Array',
    ]);
  });

  it('reads, batches and writes only in a distributed Map, and as AWS knows it', () => {
    const map = (more: JsonObject, Mode = 'DISTRIBUTED') => {
      const config = { Mode, ...(Mode === 'DISTRIBUTED' && { ExecutionType: 'STANDARD' }) };
      const ItemProcessor = machine({ I: { Type: 'Pass', ...END } }, { ProcessorConfig: config });
      return told(machine({ M: { Type: 'Map', ItemProcessor, ...more, ...END } })).map((line) =>
        line.replace('SCHEMA_VALIDATION_FAILED /States/M', ''),
      );
    };
    const Resource = 'arn:aws:states:::s3:getObject';
    const config = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', MaxItems: 5 };
    expect(map({ ItemReader: { Resource, ReaderConfig: config, Parameters: {} } })).toEqual([]);
    expect(map({ ItemReader: { Resource } }, 'INLINE')).toEqual([": Field 'ItemReader' is not supported"]);
    expect(map({ ItemReader: { Resource: 'arn:aws:states:::s3:putObject' } })).toEqual([
      '/ItemReader/Resource: Value is not a valid resource ARN',
    ]);
    expect(map({ ItemReader: { Resource, ReaderConfig: { InputType: 'XML', MaxItems: 1e9 } } })).toEqual([
      '/ItemReader/ReaderConfig/InputType: Value should be one of the following: [CSV, JSON, JSONL, PARQUET, MANIFEST]',
      '/ItemReader/ReaderConfig/MaxItems: Maximum value is 100000000',
    ]);
    expect(map({ ItemBatcher: { BatchInput: {} } })).toEqual([
      '/ItemBatcher: These fields are required: [MaxItemsPerBatch]',
    ]);
    expect(map({ ItemBatcher: { MaxItemsPerBatch: 1, MaxItemsPerBatchPath: '$.n' } })).toEqual([
      '/ItemBatcher: There should only be one of the following fields: [MaxItemsPerBatch, MaxItemsPerBatchPath]',
    ]);
    expect(map({ ItemBatcher: { MaxItemsPerBatchPath: '$$.Execution.Input.n' } })).toEqual([
      '/ItemBatcher/MaxItemsPerBatchPath: Value is not a Reference Path',
    ]);
    expect(map({ ItemBatcher: { MaxItemsPerBatchPath: '$limit.items' }, ToleratedFailurePercentage: 100.5 })).toEqual([
      '/ToleratedFailurePercentage: Maximum value is 100.0',
    ]);
    expect(map({ ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Prefix: 'x' } })).toEqual([
      "/ResultWriter: Field 'Prefix' is not supported",
    ]);
  });

  it('calls what there is to be called', () => {
    const task = (Resource: string) => told(machine({ T: { Type: 'Task', Resource, ...END } }));
    for (const [resource, offered] of [
      ['lambda:invoke.sync', false],
      ['lambda:invoke.waitForTaskToken', true],
      ['aws-sdk:codebuild:startBuild.sync', false],
      ['aws-sdk:codebuild:startBuild', true],
      ['aws-sdk:sfn:StartExecution', false],
      ['codebuild:startBuild.sync', true],
      ['postbox:send', false],
    ] as const) {
      const arn = `arn:aws:states:::${resource}`;
      expect([resource, task(arn).length === 0]).toEqual([resource, offered]);
      if (!offered) expect(task(arn)[0]).toContain(`The resource provided ${arn} is not recognized.`);
    }
  });

  it('keeps each name and each label for one thing', () => {
    const inner = (Label: string) => ({
      Type: 'Map',
      Label,
      ItemProcessor: machine({ I: { Type: 'Pass', ...END } }),
    });
    expect(
      told(machine({ M: { ...inner('one'), Next: 'N' }, N: { ...inner('one'), ...END } })).map(
        (one) => one.split(':')[0],
      ),
    ).toEqual(['DUPLICATE_LABEL_NAME /States/N/Label', 'DUPLICATE_STATE_NAME /States/N/ItemProcessor/States/I']);
    expect(told(machine({ ['x'.repeat(81)]: { Type: 'Succeed' } }))[0]).toMatch(/^INVALID_STATE_NAME/);
  });
});

describe('the query language of a definition', () => {
  it('decides which fields a state may have', () => {
    expect(told(machine({ S: { Type: 'Pass', Output: 1, ...END } }))).toEqual([
      "SCHEMA_VALIDATION_FAILED /States/S: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage",
    ]);
    expect(told(machine({ S: { Type: 'Pass', InputPath: '$', ...END } }, { QueryLanguage: 'JSONata' }))).toEqual([
      "SCHEMA_VALIDATION_FAILED /States/S: The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage",
    ]);
  });

  it('does not reach from a Map into its items, nor can they have their own', () => {
    const items = machine({ P: { Type: 'Pass', Output: 1, ...END } });
    const map = { Type: 'Map', QueryLanguage: 'JSONata', Items: [1], ItemProcessor: items, ...END };
    expect(told(machine({ M: map }))[0]).toMatch(
      /^SCHEMA_VALIDATION_FAILED \/States\/M\/ItemProcessor\/States\/P: The Que/,
    );
    const own = { ...map, ItemProcessor: { ...items, QueryLanguage: 'JSONata' } };
    expect(told(machine({ M: own }))).toEqual([
      "SCHEMA_VALIDATION_FAILED /States/M/ItemProcessor: Field 'QueryLanguage' is not supported",
    ]);
  });

  it('cannot go back to JSONPath', () => {
    const state = { Type: 'Pass', QueryLanguage: 'JSONPath', ...END };
    expect(told(machine({ S: state }, { QueryLanguage: 'JSONata' }))).toEqual([
      "SCHEMA_VALIDATION_FAILED /States/S: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
    ]);
  });
});

describe('an expression of a definition', () => {
  const output = (Output: Json) => machine({ E: { Type: 'Pass', Output, ...END } }, { QueryLanguage: 'JSONata' });

  it.each([
    ['1 +', 'Unexpected end of expression'],
    ['{"a":}', 'The symbol "}" cannot be used as a unary operator'],
    ['"unterminated', 'String literal must be terminated by a matching quote'],
    ['$match("a", /abc', 'No terminating / in regular expression'],
  ])('is parsed when the definition is made: %s', (text, message) => {
    expect(told(output({ v: `{% ${text} %}` }))).toEqual([`INVALID_JSONATA_EXPRESSION /States/E/Output/v: ${message}`]);
  });

  it('cannot look up a name in data that is not there', () => {
    expect(told(output({ v: '{% phone.number & $sum(orders.price) %}' }))).toEqual([
      "UNSUPPORTED_JSONATA_EXPRESSION /States/E/Output/v: Reference to 'phone' at the top level is not supported.",
      "UNSUPPORTED_JSONATA_EXPRESSION /States/E/Output/v: Reference to 'orders' at the top level is not supported.",
    ]);
    expect(told(output('{% $map([1], function($v) { $$ }) %}'))).toEqual([
      "UNSUPPORTED_JSONATA_EXPRESSION /States/E/Output: Reference to '$$' is not supported.",
    ]);
    expect(told(output('{% $string($states.errorOutput.Cause) & $states.result & $states.inputs.a %}'))).toEqual(
      ['errorOutput', 'result', 'inputs'].map(
        (name) => `UNSUPPORTED_JSONATA_EXPRESSION /States/E/Output: Field '$states.${name}' does not exist.`,
      ),
    );
    const asking = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', ...END };
    const jsonata = { QueryLanguage: 'JSONata' };
    expect(told(machine({ T: { ...asking, Output: '{% $states.result.Payload %}' } }, jsonata))).toEqual([]);
    expect(told(machine({ T: { ...asking, Arguments: '{% $states.result.Payload %}' } }, jsonata))).toHaveLength(1);
    const caught = { ErrorEquals: ['States.ALL'], Next: 'T', Output: '{% $states.errorOutput.Cause %}' };
    const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Catch: [caught], ...END };
    expect(told(machine({ T: task }, { QueryLanguage: 'JSONata' }))).toEqual([]);
    const fine = [
      '$states.input.orders[price > 5].name',
      '$x.items^(age){kind: $sum(n)}',
      '$map($x, function($v) { $v.name })',
      '$x ~> |item|{"seen": true, "was": old}|',
    ];
    for (const text of fine) expect(told(output(`{% ${text} %}`))).toEqual([]);
  });

  it('must be a path where a path is wanted', () => {
    expect(told(machine({ P: { Type: 'Pass', OutputPath: 'Test', ...END } }))).toEqual([
      'SCHEMA_VALIDATION_FAILED /States/P/OutputPath: Value must be a valid JSONPath.',
    ]);
    for (const ResultPath of ['$.a[*]', '$..a', '$$.a', '$.a.length()', "$['a', 'b']"])
      expect(told(machine({ P: { Type: 'Pass', ResultPath, ...END } }))).toEqual([
        'SCHEMA_VALIDATION_FAILED /States/P/ResultPath: Value is not a Reference Path',
      ]);
    expect(told(machine({ P: { Type: 'Pass', InputPath: 'States.UUID()', ...END } }))).toHaveLength(1);
    expect(told(machine({ F: { Type: 'Fail', ErrorPath: "States.Format('{}', $.e)" } }))).toEqual([]);
    expect(told(machine({ F: { Type: 'Fail', ErrorPath: 'States.ArrayLength($.e)' } }))).toHaveLength(1);
    expect(told(machine({ P: { Type: 'Pass', Parameters: { 'a.$': 'States.Shout($.a)' }, ...END } }))).toHaveLength(1);
    expect(told(machine({ P: { Type: 'Pass', Parameters: { 'a.$': 'foo' }, ...END } }))).toEqual([
      "SCHEMA_VALIDATION_FAILED /States/P/Parameters: The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call",
    ]);
  });
});

describe('the query language of a state', () => {
  const outside = 'Value should be one of the following: [JSONPath, JSONata]';

  it('that is neither of the two is told, and taken for JSONata', () => {
    const state = { Type: 'Pass', QueryLanguage: 'jsonpath', InputPath: '$.a', ...END };
    expect(told(machine({ X: state }))).toEqual([
      "SCHEMA_VALIDATION_FAILED /States/X: The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage",
      `SCHEMA_VALIDATION_FAILED /States/X/QueryLanguage: ${outside}`,
    ]);
    expect(told(machine({ X: { Type: 'Pass', Output: 1, ...END } }, { QueryLanguage: 'jsonata' }))).toEqual([
      `SCHEMA_VALIDATION_FAILED /QueryLanguage: ${outside}`,
    ]);
    expect(told(machine({ X: { Type: 'Pass', ...END } }, { QueryLanguage: 5 }))).toEqual([
      'SCHEMA_VALIDATION_FAILED /QueryLanguage: Expected value of type [STRING]',
    ]);
  });

  it('cannot turn back to JSONPath; what its fields are then is not looked at', () => {
    const states = { X: { Type: 'Pass', QueryLanguage: 'JSONPath', Output: { v: '{% 1 %}' }, ...END } };
    expect(told(machine(states, { QueryLanguage: 'JSONata' }))).toEqual([
      "SCHEMA_VALIDATION_FAILED /States/X: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
    ]);
  });
});

describe('the ways through a machine', () => {
  it('lead to no state where the first is not there', () => {
    expect(told({ StartAt: 'Nope', States: { A: { Type: 'Pass', ...END } } })).toEqual([
      "MISSING_TRANSITION_TARGET /StartAt: Missing 'Next' target: Nope",
      'MISSING_TRANSITION_TARGET /States/A: State "A" is not reachable.',
    ]);
  });

  it('need an end in the whole, not in what is done with an item', () => {
    const loop = machine({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } });
    expect(told(loop)).toHaveLength(1);
    expect(told(machine({ M: { Type: 'Map', ItemProcessor: loop, ...END } }))).toEqual([]);
  });

  it('use calls that a service has, and wait for them as it lets them', () => {
    const task = (resource: string) =>
      told(machine({ T: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, ...END } }));
    for (const known of ['lambda:invoke.waitForTaskToken', 'sqs:sendMessage', 'dynamodb:getItem', 'ecs:runTask.sync'])
      expect(task(known)).toEqual([]);
    for (const unknown of ['lambda:invokeAsync', 'dynamodb:putItem.waitForTaskToken', 'sns:publish.sync'])
      expect(task(unknown)).toEqual([
        `SCHEMA_VALIDATION_FAILED /States/T/Resource: The resource provided arn:aws:states:::${unknown} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
      ]);
  });
});

describe('a definition that is accepted', () => {
  it('may still not be what was meant', () => {
    const states = {
      A: { Type: 'Pass', Parameters: { a: '$.a', b: { c: 'States.UUID()' } }, Result: { 'x.$': '$.x' }, Next: 'B' },
      B: { Type: 'Wait', Timestamp: '$.due', Next: 'C' },
      C: { Type: 'Pass', Parameters: { cost: '$5', 'a.$': '$.a' }, ...END },
    };
    expect(told(machine(states), 'WARNING').map((one) => one.split(':')[0])).toEqual([
      'NO_DOLLAR /States/A/Parameters',
      'NO_DOLLAR /States/A/Parameters/b',
      'PASS_RESULT_IS_STATIC /States/A/Result/x.$',
      'NO_PATH /States/B/Timestamp',
    ]);
  });
});
