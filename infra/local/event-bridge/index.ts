export { createEventBridge, type EventBridge } from './event-bridge.ts';
