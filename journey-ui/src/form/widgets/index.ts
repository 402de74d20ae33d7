import type { Widget as WidgetName } from '../../../../shared/form/fields.ts';
import type { Widget } from '../widget.ts';
import { ConditionField, Conditions, InnerCondition } from './condition.tsx';
import { Group } from './group.tsx';
import { Branches, InferenceTable, PercentList, Triggers } from './lists.tsx';
import { Category, Channel, EventName, Segment, StageChoice, Tag, Tags, Topics } from './names.tsx';
import { Property, PropertyTests, TraitName, TraitTest } from './paths.tsx';
import { BothLanguages, Choice, Count, NumberBox, Text, TextList, Toggle } from './plain.tsx';
import { Schedule } from './schedule.tsx';
import { Template } from './template.tsx';
import { Duration, TimeOfDay } from './times.tsx';

/** The widgets by the name that a schema's meta gives. */
export const WIDGETS: Readonly<Record<WidgetName, Widget>> = {
  text: Text,
  number: NumberBox,
  switch: Toggle,
  choice: Choice,
  duration: Duration,
  'time-of-day': TimeOfDay,
  schedule: Schedule,
  'trait-name': TraitName,
  words: BothLanguages,
  list: TextList,
  group: Group,
  'event-name': EventName,
  property: Property,
  'property-tests': PropertyTests,
  'trait-test': TraitTest,
  count: Count,
  category: Category,
  tag: Tag,
  tags: Tags,
  segment: Segment,
  stage: StageChoice,
  channel: Channel,
  condition: ConditionField,
  'inner-condition': InnerCondition,
  conditions: Conditions,
  branches: Branches,
  triggers: Triggers,
  template: Template,
  topics: Topics,
  'percent-list': PercentList,
  'inference-table': InferenceTable,
};
