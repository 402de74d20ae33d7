/** What a caller of TestState makes up: a result, or an error. */
import {
  type FieldValidationMode,
  type Json,
  type JsonObject,
  mockResultProblem,
  parseResource,
  type StateTest,
} from '../../../../../shared/asl/index.ts';
import { invalid, readJson } from '../../check.ts';
import { taskAnswerShape } from '../../models/task-answer.ts';

export interface Mock {
  result?: string;
  errorOutput?: { error?: string; cause?: string };
  fieldValidationMode?: FieldValidationMode;
}

export function mockedResult(mock: Mock): Json {
  return readJson(mock.result as string, () => {
    throw invalid('Mocked result must be valid JSON');
  });
}

/** Whether a state takes such a mock, and whether its result is one that the state's service could give. Throws AwsError. */
export async function checkMock(
  { kind, raw }: Pick<StateTest['state'], 'kind' | 'raw'>,
  mock: Mock,
  revealSecrets: boolean,
): Promise<void> {
  if (!kind.mock) throw invalid(`State type '${kind.type}' is not supported when a mock is specified`);
  if (revealSecrets) throw invalid('TestState does not support RevealSecrets when a mock is specified.');
  if (mock.result !== undefined && mock.errorOutput !== undefined)
    throw invalid('A test mock should have only one of the following fields: [result, errorOutput].');
  if (mock.result === undefined && mock.errorOutput === undefined)
    throw invalid('A test mock should have one of the following fields: [result, errorOutput].');
  if (mock.result === undefined) return;
  const result = mockedResult(mock);
  const problem = kind.mockProblem?.(raw, result) ?? (await modelProblem(raw, result, mock));
  if (problem) throw invalid(problem);
}

async function modelProblem(raw: JsonObject, result: Json, mock: Mock): Promise<string | undefined> {
  const resource = typeof raw.Resource === 'string' ? parseResource(raw.Resource) : undefined;
  const shape = resource && (await taskAnswerShape(resource));
  return shape && mockResultProblem(result, shape, mock.fieldValidationMode ?? 'STRICT');
}
