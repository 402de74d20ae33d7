export { type DirectoryEntry, journeyEntry, listJourneys, liveJourneys, type PublishedVersion } from './directory.ts';
export { type Draft, deleteDraft, readDraft, saveDraft, setPaused, withdrawJourney } from './drafts.ts';
export { type JourneyVersion, journeyVersion, storeVersion } from './versions.ts';
