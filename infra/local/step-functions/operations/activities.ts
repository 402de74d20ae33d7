/** Activities: names that workers ask for work under. */
import { AwsError } from '../../time-source.ts';
import { checkArn, statesArn } from '../arn.ts';
import { checkName, page, pageSize, readToken, required, seconds } from '../check.ts';
import type { Row } from '../database.ts';
import { checkEncryption, OWN_KEY } from '../encryption.ts';
import type { Operation } from './define-operation.ts';
import { checkTags, putTags, type Tag } from './tags.ts';

export const createActivity: Operation = (body, service) => {
  const name = checkName(required(body, 'name'));
  const arn = statesArn(service.place, `activity:${name}`);
  const tags = (body.tags ?? []) as Tag[];
  checkTags(arn, tags);
  checkEncryption(body.encryptionConfiguration);
  const encryption = JSON.stringify(body.encryptionConfiguration ?? OWN_KEY);
  const now = service.options.clock.now();
  const existing = service.db.get('SELECT created, encryption FROM activities WHERE arn = ?', arn);
  // The same activity again is no error; its key cannot be changed.
  if (existing && encryptionOf(existing) !== encryption)
    throw new AwsError('ActivityAlreadyExists', `Activity Already Exists: '${arn}'`);
  if (!existing) {
    service.db.run(
      'INSERT INTO activities (arn, name, created, encryption) VALUES (?, ?, ?, ?)',
      arn,
      name,
      now,
      encryption,
    );
    putTags(service, arn, tags);
  }
  return { activityArn: arn, creationDate: seconds((existing?.created as number) ?? now) };
};

/** Activities of older files have none. */
const encryptionOf = (row: Row) => (row.encryption as string | null) ?? JSON.stringify(OWN_KEY);

export const describeActivity: Operation = (body, service) => {
  const arn = checkArn(body.activityArn, 'activity');
  const row = service.db.get('SELECT * FROM activities WHERE arn = ?', arn);
  if (!row) throw new AwsError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
  return {
    activityArn: arn,
    name: row.name,
    creationDate: seconds(row.created as number),
    encryptionConfiguration: JSON.parse(encryptionOf(row)),
  };
};

export const listActivities: Operation = (body, service) => {
  const size = pageSize(body);
  const rows = service.db.all(
    'SELECT * FROM activities WHERE arn > ? ORDER BY arn LIMIT ?',
    readToken(body) ?? '',
    size + 1,
  );
  const shown = page(rows, size, (row) => row.arn as string);
  return {
    activities: shown.rows.map((row) => ({
      activityArn: row.arn,
      name: row.name,
      creationDate: seconds(row.created as number),
    })),
    ...(shown.nextToken && { nextToken: shown.nextToken }),
  };
};

/** Deleting what is not there is no error. */
export const deleteActivity: Operation = (body, service) => {
  const arn = checkArn(body.activityArn, 'activity');
  service.db.run('DELETE FROM activities WHERE arn = ?', arn);
  service.db.run('DELETE FROM activity_tasks WHERE activity = ?', arn);
  service.db.run('DELETE FROM tags WHERE arn = ?', arn);
  return {};
};
