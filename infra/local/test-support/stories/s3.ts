import { expect } from 'vitest';
import type { Story } from './story.ts';
import { column } from './story.ts';

const Bucket = 's3-story';
const Key = 'notes/one.txt';

export const s3: Story = {
  service: 's3api',
  // The CLI reads an object's body from a file (this one), and writes it to one.
  args: {
    PutObject: ['--bucket', Bucket, '--key', Key, '--body', import.meta.filename, '--content-type', 'text/plain'],
    GetObject: ['--bucket', Bucket, '--key', Key, '/dev/null'],
  },
  async tell({ call }) {
    await call('CreateBucket', { Bucket });
    await call('HeadBucket', { Bucket });
    expect(column((await call('ListBuckets'))['Buckets'], 'Name')).toContain(Bucket);
    await call('GetBucketLocation', { Bucket });
    const { ETag } = await call('PutObject', { Bucket, Key, Body: 'one', ContentType: 'text/plain' });
    expect(await call('HeadObject', { Bucket, Key })).toMatchObject({ ETag });
    expect(await call('GetObject', { Bucket, Key })).toMatchObject({ ETag, ContentType: 'text/plain' });
    await call('CopyObject', { Bucket, Key: 'notes/two.txt', CopySource: `${Bucket}/${Key}` });
    expect(column((await call('ListObjectsV2', { Bucket, Prefix: 'notes/' }))['Contents'], 'Key')).toEqual([
      Key,
      'notes/two.txt',
    ]);
    expect(await call('ListObjects', { Bucket, Delimiter: '/' })).toMatchObject({
      CommonPrefixes: [{ Prefix: 'notes/' }],
    });
    await call('DeleteObject', { Bucket, Key });
    await call('DeleteObjects', { Bucket, Delete: { Objects: [{ Key: 'notes/two.txt' }] } });
    await call('DeleteBucket', { Bucket });
  },
};
