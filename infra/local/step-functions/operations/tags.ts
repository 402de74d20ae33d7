/** Tags of machines and activities. */
import { AwsError } from '../../time-source.ts';
import { checkArn } from '../arn.ts';
import { invalid } from '../check.ts';
import type { Service } from '../service.ts';
import type { Operation } from './define-operation.ts';

export interface Tag {
  key: string;
  value: string;
}

/** AWS: at most 50 tags on a resource. */
const MAX_TAGS = 50;

/** Throws ValidationException or TooManyTags, before anything is written. */
export function checkTags(arn: string, tags: readonly Tag[]): void {
  if (tags.some(({ key }) => /^aws:/i.test(key)))
    throw invalid('aws: prefixed tag key names are not allowed for external use.');
  const keys = new Set(tags.map(({ key }) => key));
  if (keys.size > MAX_TAGS) throw new AwsError('TooManyTags', `${arn} may have at most ${MAX_TAGS} tags`);
}

export function putTags(service: Service, arn: string, tags: Tag[]): void {
  for (const { key, value } of tags) {
    service.db.run(
      'INSERT INTO tags (arn, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      arn,
      key,
      value ?? '',
    );
  }
}

function checkResource(service: Service, arn: unknown): string {
  const text = checkArn(arn, 'stateMachine', 'activity');
  const found =
    service.db.get('SELECT 1 FROM machines WHERE arn = ?', text) ??
    service.db.get('SELECT 1 FROM activities WHERE arn = ?', text);
  if (!found) throw new AwsError('ResourceNotFound', `Resource not found: '${text}'`);
  return text;
}

function held(service: Service, arn: string): Tag[] {
  return service.db.all('SELECT key, value FROM tags WHERE arn = ? ORDER BY key', arn) as unknown as Tag[];
}

export const tagResource: Operation = (body, service) => {
  const arn = checkResource(service, body.resourceArn);
  const tags = (body.tags ?? []) as Tag[];
  checkTags(arn, [...held(service, arn), ...tags]);
  putTags(service, arn, tags);
  return {};
};

export const untagResource: Operation = (body, service) => {
  const arn = checkResource(service, body.resourceArn);
  for (const key of (body.tagKeys ?? []) as string[])
    service.db.run('DELETE FROM tags WHERE arn = ? AND key = ?', arn, key);
  return {};
};

export const listTagsForResource: Operation = (body, service) => {
  const arn = checkResource(service, body.resourceArn);
  return { tags: held(service, arn).map(({ key, value }) => ({ key, value })) };
};
