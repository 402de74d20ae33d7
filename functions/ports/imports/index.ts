export {
  addChunk,
  addRefused,
  chunkAt,
  createImport,
  doneLines,
  listImports,
  readImport,
  refusedRows,
  saveStatus,
} from './store.ts';
