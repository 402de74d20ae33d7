/** The events of an execution's beginning and good end. */
import { type EventForm, NOT_TRUNCATED } from './journal.ts';
import type { Json } from './json.ts';

/** What the event of an execution's beginning tells besides its input. */
export interface StartFacts {
  /** The input as it was given, if it is to be shown so. */
  inputText?: string;
  roleArn: string;
  stateMachineAliasArn?: string;
  stateMachineVersionArn?: string;
}

export const EXECUTION_STARTED: EventForm<StartFacts, Json> = {
  type: 'ExecutionStarted',
  name: 'executionStartedEventDetails',
  details: ({ inputText, ...facts }, input, text) => ({
    input: inputText ?? text(input),
    inputDetails: NOT_TRUNCATED,
    ...facts,
  }),
};

export const EXECUTION_SUCCEEDED: EventForm<Json> = {
  type: 'ExecutionSucceeded',
  name: 'executionSucceededEventDetails',
  details: (output, _, text) => ({ output: text(output), outputDetails: NOT_TRUNCATED }),
};
