export { bringChunks, type ChunkBody, chunkBody } from './bring-chunks.ts';
export { type Chunk, type Chunking, chunksOf, type ImportPlan } from './chunks.ts';
export { errorHeading, errorLines, type RefusedRows } from './error-rows.ts';
export type { Compared, ImportedFile, ImportJob, ImportStatus, LineRange } from './import-job.ts';
export type {
  FieldSpec,
  ImportContext,
  ImportKind,
  ImportMessage,
  Outcome,
  Row,
  RowProblem,
} from './import-kind.ts';
export { type ImportRequest, importRequestSchema, planOf, requestProblems } from './import-request.ts';
export { IMPORT_KINDS } from './kinds/index.ts';
export { ERROR_HEADINGS, type Mapping, mapColumns, rowOf, twiceHeaded } from './mapping.ts';
export { busEventOf, messagesOf, outcomesOf } from './outcomes.ts';
export { brokenRow } from './problems.ts';
export { SeenTexts } from './seen-texts.ts';
export { tagKeys, tagNamed } from './tag-keys.ts';
export { addTally, emptyTally, type Tally, tallyOutcome } from './tally.ts';
