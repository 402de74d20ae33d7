import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixture, fixtureNames } from '../support/event-fixtures.ts';
import { type JourneyStack, startJourneyStack } from '../support/journey-stack.ts';

/* What vendors put on the bus, by the AWS SDK, through the whole local stack: customers, and what was not understood. */
let stack: JourneyStack;
let bus: EventBridgeClient;
beforeAll(async () => {
  stack = await startJourneyStack();
  const { endpoint } = (await stack.get('/_local/health')).urls;
  bus = new EventBridgeClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(() => stack.close());

/** Sources that begin with `aws.` are AWS's and its partners' own to put. */
const entryOf = (name: string) => {
  const { source, detailType, detail } = fixture(name);
  const Source = source.replace(/^aws\.(partner\/)?/, '').replace(/^segment\.com.*/, 'rudderstack');
  return { EventBusName: 'pergola', Source, DetailType: detailType, Detail: JSON.stringify(detail) };
};

it('every vendor’s events find their customers; twice is once; what is about nobody is shown', async () => {
  const names = fixtureNames();
  for (let time = 0; time < 2; time++) {
    for (const name of names) await bus.send(new PutEventsCommand({ Entries: [entryOf(name)] }));
  }
  await stack.advance('PT1S');
  const { items } = await stack.get('/api/customers?limit=1000');
  expect(items.map(({ id }: { id: string }) => id).sort()).toEqual([
    'email:li.wei@example.com',
    'shopify:7064055069303',
    'u_1001',
    'wecom:wmOgQhDgAAuXFJGwbve4g4iXknfOAAAA',
    'wecom:wmOgQhDgAAuXFJGwbve4g4iXknfOBBBB',
    'wecom:woAJ2GCAAAXtWyujaWJHDDGi0mAAAA',
  ]);
  // Sensors Data and Stripe name her app's own id beside theirs: they are one customer, found by either.
  for (const id of ['0f485d4daaadedae5f', 'stripe:cus_RfG7hJ8kL9']) {
    expect((await stack.get(`/api/customers/${id}`)).id).toBe('u_1001');
  }
  const { items: timeline } = await stack.get('/api/customers/u_1001/timeline?limit=1000');
  const events = timeline.filter(({ type }: { type: string }) => type === 'event');
  expect(new Set(events.map(({ id }: { id: string }) => id)).size).toBe(events.length);
  expect(events.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['Order Completed', 'ViewProduct', 'Email Delivered']),
  );

  const { items: rejected } = await stack.get('/api/rejected-events?limit=1000');
  const seen = rejected.map(
    (one: { source: string; diagnostics: { code: string }[] }) =>
      `${one.source.split('/')[0]} ${one.diagnostics[0]?.code}`,
  );
  expect([...new Set(seen)].sort()).toEqual([
    'shopify.com source-no-customer',
    'stripe.com source-not-about-customers',
    'wecom source-not-about-customers',
  ]);
});
