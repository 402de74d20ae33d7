import { TABLES, type TableSpec } from '../../topology.ts';
import type { DataFolder } from '../data-folder.ts';
import { tableFullName } from '../names.ts';
import { createDynamoClient, type DynamoClient } from './client.ts';
import { type DatabaseFile, watchDatabaseFile } from './file.ts';
import { type FileReads, openFileReads } from './file-reads.ts';
import { openOwnWire } from './own-wire.ts';
import { startDatabase } from './process.ts';
import { ensureTable } from './tables.ts';

/** The database with the tables of the topology in it. */
export interface Database {
  readonly url: string;
  readonly client: DynamoClient;
  /** Undefined for a database that is not ours. */
  readonly file: DatabaseFile | undefined;
  /** Undefined as well where its file is not as known. */
  readonly reads: FileReads | undefined;
  pid(): number | undefined;
  close(): Promise<void>;
}

/**
 * Starts dynoxide on the data folder, or takes the database that DYNAMODB_ENDPOINT names. Throws StartError.
 *
 * @param prepare called when nobody has our own file open, before dynoxide opens it
 */
export async function openDatabase(
  folder: DataFolder,
  region: string,
  warn: (line: string) => void,
  prepare: () => void,
): Promise<Database> {
  const given = process.env['DYNAMODB_ENDPOINT'];
  const own = given ? undefined : await startDatabase({ file: folder.dynamodb, pidFile: folder.pid, prepare, warn });
  const url = given ?? own?.url ?? '';
  const client = createDynamoClient(url, region, own && openOwnWire(url));
  try {
    const tables = Object.entries<TableSpec>(TABLES);
    await Promise.all(tables.map(([name, spec]) => ensureTable(client, tableFullName(name), spec)));
  } catch (error) {
    client.close();
    await own?.stop();
    throw error;
  }
  const file = own ? watchDatabaseFile(folder.dynamodb, warn) : undefined;
  const reads = file && fileReads(folder.dynamodb, warn);
  return {
    url,
    client,
    file,
    reads,
    pid: () => own?.pid(),
    async close() {
      file?.close();
      reads?.close();
      client.close();
      await own?.stop();
    },
  };
}

function fileReads(file: string, warn: (line: string) => void): FileReads | undefined {
  try {
    return openFileReads(file, Object.keys(TABLES).map(tableFullName));
  } catch (error) {
    warn(`the tables of dynoxide are not as known (${String(error)}); each row is asked for by its API`);
    return undefined;
  }
}
