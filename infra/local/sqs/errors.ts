import { AwsError } from '../time-source.ts';

/** Errors of SQS: the name that the JSON protocol has for it, and the code that the Query protocol had. */
const sqs = (code: string, message: string, queryCode = `AWS.SimpleQueueService.${code}`) =>
  new AwsError(code, message, 400, {}, queryCode);

export const noSuchQueue = () =>
  sqs('QueueDoesNotExist', 'The specified queue does not exist.', 'AWS.SimpleQueueService.NonExistentQueue');
export const invalidParameter = (message: string) =>
  sqs('InvalidParameterValueException', message, 'InvalidParameterValue');
export const missingParameter = (name: string) =>
  sqs('MissingRequiredParameterException', `The request must contain the parameter ${name}.`, 'MissingParameter');
export const unknownAttribute = (name: string) =>
  sqs('InvalidAttributeName', `Unknown Attribute ${name}.`, 'InvalidAttributeName');
export const invalidAttribute = (name: string) =>
  sqs('InvalidAttributeValue', `Invalid value for the parameter ${name}.`, 'InvalidAttributeValue');
export const queueExists = (attribute: string) =>
  sqs(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
    'QueueAlreadyExists',
  );
export const invalidHandle = (handle: string) =>
  sqs(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
    'ReceiptHandleIsInvalid',
  );
export const invalidContents = () =>
  sqs(
    'InvalidMessageContents',
    'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    'InvalidMessageContents',
  );
export const batchError = (code: string, message: string) => sqs(code, message);
export const noSuchResource = (message: string) =>
  sqs('ResourceNotFoundException', message, 'ResourceNotFoundException');
export const unsupported = (message: string) => sqs('UnsupportedOperation', message);
