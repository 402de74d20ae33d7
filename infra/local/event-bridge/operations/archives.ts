import type { Operation } from '../../endpoint/service.ts';
import { required, shape, text, whole } from '../../endpoint/shape.ts';
import type { Archive } from '../archives.ts';
import type { EventBridgeParts } from '../event-bridge.ts';
import {
  arnMember,
  busName,
  checkPattern,
  exists,
  given,
  NAME,
  notFound,
  page,
  pageMembers,
  seconds,
  validation,
} from '../members.ts';

const archiveName = text({ min: 1, max: 48, pattern: NAME });
const about = {
  Description: text({ max: 512 }),
  EventPattern: text(),
  RetentionDays: whole({ min: 0 }),
  KmsKeyIdentifier: text({ max: 2048 }),
};
const create = shape({ ArchiveName: required(archiveName), EventSourceArn: required(arnMember), ...about });
const update = shape({ ArchiveName: required(archiveName), ...about });
const named = shape({ ArchiveName: required(archiveName) });
const STATES = ['ENABLED', 'DISABLED', 'CREATING', 'UPDATING', 'CREATE_FAILED', 'UPDATE_FAILED'];
const listed = shape({
  NamePrefix: archiveName,
  EventSourceArn: arnMember,
  State: text({ oneOf: STATES }),
  ...pageMembers,
});

/** CreateArchive, DescribeArchive, ListArchives, UpdateArchive, DeleteArchive. */
export function archiveOperations({ buses, archives, arns, clock }: EventBridgeParts): Record<string, Operation> {
  const find = (name: string): Archive => {
    const archive = archives.get(name);
    if (!archive) throw notFound(`Archive ${name} does not exist.`);
    return archive;
  };
  const source = (arn: string): string => {
    const bus = busName(arn);
    if (!buses.bus(bus)) throw notFound(`Event bus ${bus} does not exist.`);
    return bus;
  };
  const summary = (archive: Archive) => {
    const { events, bytes } = archives.size(archive.name, clock.now());
    return {
      ArchiveName: archive.name,
      EventSourceArn: arns.bus(archive.bus),
      State: 'ENABLED',
      RetentionDays: archive.retentionDays,
      SizeBytes: bytes,
      EventCount: events,
      CreationTime: seconds(archive.createdAt),
    };
  };
  const answer = (archive: Archive) => ({
    ArchiveArn: arns.archive(archive.name),
    CreationTime: seconds(archive.createdAt),
    State: 'ENABLED',
  });
  const changes = ({
    Description,
    EventPattern,
    RetentionDays,
    KmsKeyIdentifier,
  }: Partial<ReturnType<typeof create>>) =>
    given({
      description: Description,
      patternText: EventPattern,
      retentionDays: RetentionDays,
      more: KmsKeyIdentifier === undefined ? undefined : { KmsKeyIdentifier },
    });

  return {
    CreateArchive(body) {
      const { ArchiveName, EventSourceArn, ...rest } = create(body);
      const bus = source(EventSourceArn);
      if (archives.get(ArchiveName)) throw exists(`Archive ${ArchiveName} already exists.`);
      if (rest.EventPattern !== undefined) checkPattern(rest.EventPattern);
      const archive = { name: ArchiveName, bus, retentionDays: 0, createdAt: clock.now(), ...changes(rest) };
      archives.put(archive);
      return answer(archive);
    },
    UpdateArchive(body) {
      const { ArchiveName, ...rest } = update(body);
      const archive = { ...find(ArchiveName), ...changes(rest) };
      if (rest.EventPattern !== undefined) checkPattern(rest.EventPattern);
      archives.put(archive);
      return answer(archive);
    },
    DescribeArchive(body) {
      const archive = find(named(body).ArchiveName);
      return {
        ArchiveArn: arns.archive(archive.name),
        ...given({ Description: archive.description, EventPattern: archive.patternText }),
        ...archive.more,
        ...summary(archive),
      };
    },
    ListArchives(body) {
      const { NamePrefix, EventSourceArn, State, ...paging } = listed(body);
      if ([NamePrefix, EventSourceArn, State].filter((one) => one !== undefined).length > 1)
        throw validation(
          'At most one filter is allowed for ListArchives. Use either : State, EventSourceArn, or NamePrefix.',
        );
      const bus = EventSourceArn === undefined ? undefined : source(EventSourceArn);
      const found = archives
        .all()
        .filter(({ name }) => name.startsWith(NamePrefix ?? ''))
        .filter((archive) => (bus === undefined || archive.bus === bus) && (State ?? 'ENABLED') === 'ENABLED');
      const { items, rest } = page(found, paging);
      return { Archives: items.map(summary), ...rest };
    },
    DeleteArchive: (body) => archives.drop(find(named(body).ArchiveName).name),
  };
}
