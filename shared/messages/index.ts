/** Messages: channels and their limits, rendering, and the stops that every send passes in a fixed order. */

export { capsFor, type HeldTo, segmentsOfHers, tryAgainAt } from './caps.ts';
export { CHANNELS, type Channel, type ChannelId, channel } from './channels/index.ts';
export { contextOf, type MessageContext, type Moment } from './context.ts';
export { templateFault } from './engine.ts';
export { byteLength } from './filters.ts';
export { differsForEach, overLimits, TEMPLATE_KINDS, type TemplateKindId } from './kinds/index.ts';
export { bareVariables, type Missing, missingVariables } from './missing.ts';
export { type Prepared, prepareSend } from './prepare.ts';
export { type Rendered, type RenderReason, render } from './render.ts';
export {
  allHolds,
  firstHold,
  type Held,
  type SendFacts,
  STOP_EVENTS,
  STOPS,
  type Stop,
  type StopEvent,
} from './stops/index.ts';
export { type UnderTouched, underTouched } from './under-touched.ts';
