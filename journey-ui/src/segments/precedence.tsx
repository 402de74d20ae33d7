import { OrderedListOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { Ruleset, SegmentFamily } from '../../../shared/tags/index.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkingRules } from '../rules/use-working-rules.ts';
import { PrecedenceDialog } from './precedence-dialog.tsx';

/** The button that opens an order of precedence as the draft has it; without `family` a new one. */
export function Precedence({ family: id }: { family?: string }) {
  const { t } = useWords();
  const rules = useWorkingRules();
  const [open, setOpen] = useState(false);
  const { ruleset } = rules;
  if (ruleset === undefined) return null;
  const family = id === undefined ? fresh(ruleset, t('segments.order')) : familyIn(ruleset, id);
  if (family === undefined) return null;
  return (
    <>
      <Button size={id === undefined ? 'middle' : 'small'} icon={<OrderedListOutlined />} onClick={() => setOpen(true)}>
        {t(id === undefined ? 'segments.newOrder' : 'segments.changeOrder')}
      </Button>
      {open && <PrecedenceDialog rules={rules} ruleset={ruleset} family={family} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Undefined when the draft takes it away. */
const familyIn = ({ segmentFamilies = [] }: Ruleset, id: string): SegmentFamily | undefined =>
  segmentFamilies.find((family) => family.id === id);

/** All segments that stand in no order yet. */
function fresh({ segments = [], segmentFamilies = [] }: Ruleset, name: string): SegmentFamily {
  const ordered = new Set(segmentFamilies.flatMap(({ order }) => order));
  const taken = new Set(segmentFamilies.map(({ id }) => id));
  const id = ['order', ...segmentFamilies.map((_, i) => `order-${i + 2}`)].find((one) => !taken.has(one))!;
  return { id, name: { zh: name, en: name }, order: segments.flatMap((one) => (ordered.has(one.id) ? [] : [one.id])) };
}
