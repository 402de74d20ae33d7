import { z } from 'zod';
import { field } from '../../form/fields.ts';
import { mentionsOfTriggers } from '../../journey/mentions.ts';
import { eventNamesSchema, propertyTestSchema, type Trigger, triggerWords } from '../../journey/triggers/index.ts';
import { defineNode } from '../define-node.ts';
import { samples } from '../samples.ts';
import bigOrder from './samples/big-order.json' with { type: 'json' };
import contactAdded from './samples/contact-added.json' with { type: 'json' };

const config = z.strictObject({
  event: field(eventNamesSchema, {
    label: { zh: '事件', en: 'Event' },
    help: { zh: '客户做了其中任何一件事，就进入旅程。', en: 'Any one of these lets the customer in.' },
    widget: 'event-name',
  }),
  where: field(z.array(propertyTestSchema).max(20).optional(), {
    label: { zh: '只限于', en: 'Only when' },
    help: {
      zh: '事件的属性都满足时才算，例如 properties.total ≥ 100。',
      en: 'All must hold, e.g. properties.total ≥ 100.',
    },
    widget: 'property-tests',
  }),
});

type Config = z.infer<typeof config>;

const trigger = (c: Config): Trigger => ({ type: 'event', event: c.event, ...(c.where?.length && { where: c.where }) });

export const enterEvent = defineNode<Config>({
  kind: 'enter-event',
  version: 1,
  upgrades: {},
  config,
  defaults: { event: 'Contact Added' },
  outlets: () => [{ id: 'next', label: { zh: '进入', en: 'Enters' } }],
  face: {
    group: 'enter',
    icon: 'ThunderboltOutlined',
    title: { zh: '事件进入', en: 'Enter on event' },
    summary: (c, language, names) => triggerWords(trigger(c), names)[language],
    keywords: ['入口', '触发', '开始', 'trigger', 'start', 'event'],
  },
  samples: samples<Config>(contactAdded, bigOrder),
  needs: [],
  mentions: (c) => mentionsOfTriggers([trigger(c)]),
  entry: trigger,
});
