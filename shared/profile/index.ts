export { type Advanced, advance } from './advance.ts';
export { changeAsHappening, isOfStage, movedBy, segmentChanged, tagChanged, toldByBus } from './change-kinds.ts';
export { measuresOf } from './measures.ts';
export { type Half, type Merged, mergeHalves } from './merge.ts';
export type { Cause, Change, ProfileInput, SegmentChange, StageChange, TagChange, TagHeld } from './profile.ts';
export type { Rewritten } from './reconcile.ts';
export { differences, type Hand, type Kept, type Refolded, refold } from './refold.ts';
export { type CustomerState, emptyState } from './state.ts';
export { stateFromText, stateToText } from './state-text.ts';
