import type { ComponentType } from 'react';
import type { WidgetProps } from '../widget.ts';
import { ConditionField, Conditions } from './condition.tsx';
import { Group } from './group.tsx';
import { Branches, PercentList, PropertyTests, Triggers } from './lists.tsx';
import { Channel, EventName, Segment, StageChoice, Tag, Tags, Topics } from './names.tsx';
import { Choice, Json, NumberBox, Text, Toggle } from './plain.tsx';
import { Template } from './template.tsx';
import { Duration, TimeOfDay } from './times.tsx';

/** The widgets by the name that a schema's meta gives; what it does not name falls back by type. */
export const WIDGETS: Readonly<Record<string, ComponentType<WidgetProps>>> = {
  text: Text,
  number: NumberBox,
  switch: Toggle,
  choice: Choice,
  duration: Duration,
  'time-of-day': TimeOfDay,
  'event-name': EventName,
  'property-tests': PropertyTests,
  tag: Tag,
  tags: Tags,
  segment: Segment,
  stage: StageChoice,
  channel: Channel,
  condition: ConditionField,
  conditions: Conditions,
  branches: Branches,
  triggers: Triggers,
  template: Template,
  topics: Topics,
  'percent-list': PercentList,
  group: Group,
  json: Json,
};
