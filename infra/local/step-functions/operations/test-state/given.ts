/** What a caller of TestState gives, read and checked: each throws AwsError. */
import {
  checkDefinition as checkParsed,
  contextProblem,
  isObject,
  type Json,
  type JsonObject,
  parseResource,
} from '../../../../../shared/asl/index.ts';
import { AwsError } from '../../../time-source.ts';
import { invalid, optional, readJson, required } from '../../check.ts';
import { checkDefinition, refuse } from '../../check-definition.ts';

type Body = Record<string, unknown>;

/** What is wrong with the ways through a machine. */
const GRAPH: ReadonlySet<string> = new Set(['MISSING_TRANSITION_TARGET', 'MISSING_END_STATE']);

/** What AWS calls a state that is given without a name. */
const UNNAMED = 'StateName';

/** The definition as a machine: the one given, or one around the single state given; and the state to be tested. */
export function givenMachine(body: Body): { definition: JsonObject; name: string } {
  const text = required(body, 'definition');
  const name = optional(body, 'stateName');
  if (name !== undefined) {
    checkDefinition(text, 'STANDARD');
    return { definition: JSON.parse(text) as JsonObject, name };
  }
  const state = readJson(text, () => {
    checkDefinition(text, 'STANDARD');
    throw new AwsError('InvalidDefinition', 'The definition is not JSON');
  });
  const definition = { StartAt: UNNAMED, States: { [UNNAMED]: state } };
  // Where it leads to is not part of a single state's definition.
  refuse(checkParsed(definition).filter(({ code }) => !GRAPH.has(code)));
  return { definition, name: UNNAMED };
}

export function givenVariables(body: Body): JsonObject {
  const value = readJson(optional(body, 'variables') ?? '{}', () => {
    throw invalid('The variables must be valid JSON');
  });
  if (!isObject(value)) throw invalid('The variables must be a JSON object');
  return value;
}

/** Undefined where none is given: then the test has one of its own. */
export function givenContext(body: Body, raw: JsonObject): Json | undefined {
  const text = optional(body, 'context');
  if (text === undefined) return undefined;
  if (body.mock === undefined) throw invalid('A Context object can only be specified when a mock is specified.');
  const context = readJson(text, () => {
    throw invalid('Invalid Context object provided: Context object must be valid JSON');
  });
  const resource = typeof raw.Resource === 'string' ? parseResource(raw.Resource) : undefined;
  const problem = contextProblem(context, resource !== undefined && resource.pattern !== 'request');
  if (problem) throw invalid(`Invalid Context object provided: ${problem}`);
  return context;
}

/** What a Map's ItemReader would have made of the data of its source. Only JSON and JSON lines are read. */
export function givenItems(raw: JsonObject, data: string | undefined): Json[] | undefined {
  if (data === undefined) return undefined;
  const config = isObject(raw.ItemReader) && isObject(raw.ItemReader.ReaderConfig) ? raw.ItemReader.ReaderConfig : {};
  const notRead = (): never => {
    throw invalid('The mapItemReaderData could not be read as the ItemReader would read it');
  };
  if (config.InputType === 'JSONL') {
    const lines = data.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => readJson(line, notRead));
  }
  if (config.InputType !== 'JSON') return [];
  const items = readJson(data, notRead);
  return Array.isArray(items) ? items : notRead();
}
