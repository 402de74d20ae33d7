import { AwsError } from '../time-source.ts';
import { fromTarget, noResource, type TargetKind } from './define-target.ts';

/** A state machine is started; the name of the execution is the delivery's, so trying again starts nothing twice. */
export const stateMachineTarget = (
  startExecution: (body: { stateMachineArn: string; name: string; input: string }) => Promise<unknown>,
): TargetKind => ({
  service: 'states',
  called: 'a state machine',
  usedBy: ['rules', 'schedules'],
  needsRole: true,
  hand: {
    when: 'later',
    async deliver({ arn, input, id }) {
      try {
        await startExecution({ stateMachineArn: arn, name: id, input });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        if (error.code === 'ExecutionAlreadyExists') return;
        const gone = error.code === 'StateMachineDoesNotExist' || error.code === 'InvalidArn';
        throw gone ? noResource(error.message) : fromTarget(`${error.code}: ${error.message}`);
      }
    },
  },
});
