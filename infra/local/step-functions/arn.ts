/** ARNs of Step Functions: made and taken apart. */
import { AwsError } from '../time-source.ts';

export interface Place {
  account: string;
  region: string;
}

/** `arn:aws:states:<region>:<account>:<rest>` */
export function statesArn(place: Place, rest: string): string {
  return `arn:aws:states:${place.region}:${place.account}:${rest}`;
}

/** Throws InvalidArn for a text that is no ARN of Step Functions with one of these kinds of resource. */
export function checkArn(arn: unknown, ...kinds: string[]): string {
  if (typeof arn !== 'string' || !arn.startsWith('arn:')) {
    throw new AwsError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${String(arn)}'`);
  }
  const parts = arn.split(':');
  if (parts.length < 7 || parts[2] !== 'states' || (kinds.length > 0 && !kinds.includes(parts[5] as string)))
    throw new AwsError('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: ${parts[5] ?? arn}'`);
  return arn;
}

/** Takes `…:stateMachine:<name>[:<version or alias>]` apart. */
export function readMachineArn(arn: string): { machineArn: string; name: string; qualifier?: string } {
  const parts = arn.split(':');
  const name = parts[6] as string;
  const machineArn = parts.slice(0, 7).join(':');
  return parts[7] === undefined ? { machineArn, name } : { machineArn, name, qualifier: parts[7] };
}

/** `…:execution:<machine>:<name>` for a machine's ARN. */
export function executionArn(machineArn: string, name: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}
