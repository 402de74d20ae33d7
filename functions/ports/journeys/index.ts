export { type DirectoryEntry, journeyEntry, listJourneys, liveJourneys, type PublishedVersion } from './directory.ts';
export { type Draft, deleteDraft, draftsOf, readDraft, saveDraft, setPaused, withdrawJourney } from './drafts.ts';
export { type JourneyVersion, journeyVersion, liveVersions, storeVersion } from './versions.ts';
