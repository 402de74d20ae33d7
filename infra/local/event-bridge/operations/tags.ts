import type { Operation } from '../../endpoint/service.ts';
import { list, required, shape, text } from '../../endpoint/shape.ts';
import type { EventBridgeParts } from '../event-bridge.ts';
import { arnMember, keptTags, notFound, parameter, shownTags, tagsMember } from '../members.ts';

const listed = shape({ ResourceARN: required(arnMember) });
const tagged = shape({ ResourceARN: required(arnMember), Tags: required(tagsMember) });
const untagged = shape({ ResourceARN: required(arnMember), TagKeys: required(list(text({ min: 1, max: 128 }))) });

interface Tagged {
  readonly tags: Readonly<Record<string, string>>;
  keep(tags: Readonly<Record<string, string>>): void;
}

/** TagResource, UntagResource, ListTagsForResource: of rules and buses. */
export function tagOperations({ buses, rules }: EventBridgeParts): Record<string, Operation> {
  function find(arn: string): Tagged {
    const [, kind, path = ''] = /^arn:[^:]+:events:[^:]*:\d{12}:(rule|event-bus)\/(.+)$/.exec(arn) ?? [];
    if (kind === 'event-bus') {
      const bus = buses.bus(path);
      if (!bus) throw notFound(`Event bus ${path} does not exist.`);
      return { tags: bus.tags ?? {}, keep: (tags) => buses.putBus({ ...bus, tags }) };
    }
    if (kind !== 'rule') throw parameter(arn, 'Provided Arn is not in correct format.');
    const parts = path.split('/');
    const [name = '', bus = 'default'] = [parts.pop(), parts.length > 0 ? parts.join('/') : undefined];
    const rule = rules.rule(bus, name);
    if (!rule) throw notFound(`Rule ${name} does not exist on EventBus ${bus}.`);
    return { tags: rule.tags ?? {}, keep: (tags) => rules.putRule({ ...rule, tags }) };
  }

  return {
    ListTagsForResource: (body) => ({ Tags: shownTags(find(listed(body).ResourceARN).tags) }),
    TagResource(body) {
      const { ResourceARN, Tags } = tagged(body);
      const { tags, keep } = find(ResourceARN);
      keep({ ...tags, ...keptTags(Tags) });
    },
    UntagResource(body) {
      const { ResourceARN, TagKeys } = untagged(body);
      const { tags, keep } = find(ResourceARN);
      keep(Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys.includes(key))));
    },
  };
}
