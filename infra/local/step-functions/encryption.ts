/**
 * The key that a machine or an activity asks to be encrypted with: kept and shown, not used.
 * Source: AWS API reference, CreateStateMachine, InvalidEncryptionConfiguration; the sentences are ours.
 */
import { AwsError } from '../time-source.ts';

/** What stands where none is given. */
export const OWN_KEY = { type: 'AWS_OWNED_KEY' } as const;

/** Throws InvalidEncryptionConfiguration for a key of one's own without a name. */
export function checkEncryption(given: unknown): void {
  const { type, kmsKeyId } = (given ?? OWN_KEY) as Record<string, unknown>;
  if (type === 'CUSTOMER_MANAGED_KMS_KEY' && typeof kmsKeyId !== 'string')
    throw new AwsError(
      'InvalidEncryptionConfiguration',
      "Invalid Encryption Configuration: 'kmsKeyId must be specified for CUSTOMER_MANAGED_KMS_KEY'",
    );
}
