export { censusItem, leavesCensus, sampleOfCustomers } from './census.ts';
export { listSegmentMembers, segmentMemberItem } from './members.ts';
export { countMoves, type Moved, segmentSets } from './sets.ts';
