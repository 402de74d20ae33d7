export { belonging, everybody, inAll, inAny, type SegmentSet } from './counts.ts';
export { type Estimate, estimated } from './estimate.ts';
