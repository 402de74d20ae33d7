import { area } from '../area.ts';

export const palette = area(
  {
    label: '节点',
    search: '搜索节点',
    hint: '点击接在选中节点之后，或拖到画布上',
    none: '没有这样的节点，换个词试试。',
    groups: { enter: '进入', time: '时间', logic: '判断', reach: '触达', customer: '客户', flow: '流程' },
  },
  {
    label: 'Nodes',
    search: 'Search',
    hint: 'Click to add after the selected node, or drag onto the canvas',
    none: 'No such node; try another word.',
    groups: { enter: 'Enter', time: 'Time', logic: 'Logic', reach: 'Reach', customer: 'Customer', flow: 'Flow' },
  },
);
