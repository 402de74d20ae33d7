/** The events of an execution's beginning and good end. */
import { type EventForm, NOT_TRUNCATED } from './journal.ts';
import type { Json } from './json.ts';

/** What the event of an execution's beginning tells besides its input. */
export interface StartFacts {
  roleArn: string;
  stateMachineVersionArn?: string;
  stateMachineAliasArn?: string;
  /** The input as it was given, if the history is to show it so. */
  inputText?: string;
}

export const EXECUTION_STARTED: EventForm<StartFacts, Json> = {
  type: 'ExecutionStarted',
  name: 'executionStartedEventDetails',
  details: ({ inputText, roleArn, stateMachineAliasArn, stateMachineVersionArn }, input, text) => ({
    input: inputText ?? text(input),
    inputDetails: NOT_TRUNCATED,
    roleArn,
    ...(stateMachineAliasArn && { stateMachineAliasArn }),
    ...(stateMachineVersionArn && { stateMachineVersionArn }),
  }),
};

export const EXECUTION_SUCCEEDED: EventForm<Json> = {
  type: 'ExecutionSucceeded',
  name: 'executionSucceededEventDetails',
  details: (output, _, text) => ({ output: text(output), outputDetails: NOT_TRUNCATED }),
};
