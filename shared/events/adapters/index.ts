import type { BusEnvelope, EventAdapter } from './adapter.ts';
import { ga4 } from './ga4.ts';
import { imported } from './imported.ts';
import { refused } from './refused.ts';
import { rudderstack } from './rudderstack.ts';
import { segment } from './segment.ts';
import { sensors } from './sensors.ts';
import { ses } from './ses.ts';
import { shopify } from './shopify.ts';
import { stripe } from './stripe.ts';
import { wecom } from './wecom.ts';

/** Every form of events besides Segment's own; a new one is a file and a line here. */
const ADAPTERS: readonly EventAdapter[] = [
  segment,
  rudderstack,
  shopify,
  stripe,
  sensors,
  ga4,
  ses,
  wecom,
  imported,
  refused,
];

/** Who reads this event; nobody when it is a message of the Segment spec as an app puts it. */
export const adapterFor = (envelope: BusEnvelope): EventAdapter | undefined =>
  ADAPTERS.find((adapter) => adapter.recognises(envelope));
