import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sdk, startTestStack, type TestStack } from '../test-support/start.ts';
import { MOMENT_HEADER } from './at-moment.ts';

describe('a call that says its moment', () => {
  let stack: TestStack;
  let bus: EventBridgeClient;
  beforeAll(async () => {
    stack = await startTestStack();
    bus = new EventBridgeClient({ ...sdk(stack), maxAttempts: 1 });
  });
  afterAll(() => stack.end());

  /** Puts an event at the moment that the header says; the time at which the clock stood when it was answered. */
  const putAt = async (moment: string): Promise<string> => {
    const command = new PutEventsCommand({ Entries: [{ Source: 'app', DetailType: 'track', Detail: '{}' }] });
    command.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers[MOMENT_HEADER] = moment;
        return next(args);
      },
      { step: 'build' },
    );
    await bus.send(command);
    return new Date(stack.clock.now()).toISOString();
  };

  it('is carried out when the clock has come there, and the clock stays', async () => {
    expect(await putAt('2099-03-01T09:00:00+08:00')).toBe('2099-03-01T01:00:00.000Z');
    expect(stack.clock.frozen()).toBe(true);
    expect(await putAt('2099-03-02T01:00:00Z')).toBe('2099-03-02T01:00:00.000Z');
  });

  it('is carried out at once where its moment is past', async () => {
    expect(await putAt('2099-03-01T09:00:00Z')).toBe('2099-03-02T01:00:00.000Z');
  });

  it('is refused where that is no moment, and nothing happens', async () => {
    await expect(putAt('tomorrow')).rejects.toMatchObject({
      name: 'ValidationException',
      message: `${MOMENT_HEADER}: tomorrow is not an ISO 8601 instant.`,
    });
    await expect(putAt('+012345-01-01T00:00:00Z')).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('before the year 9999'),
    });
    expect(new Date(stack.clock.now()).toISOString()).toBe('2099-03-02T01:00:00.000Z');
  });
});
