import type { NodeGroup } from '../../../shared/nodes/define-node.ts';
import type { Stage } from '../../../shared/stages.ts';

/** The colours of the console, said once: CSS variables and antd's theme are both made from here. */
export interface Tokens {
  readonly paper: string;
  readonly surface: string;
  readonly sunken: string;
  readonly ink: string;
  readonly muted: string;
  readonly faint: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly leaf: string;
  readonly leafText: string;
  readonly leafTint: string;
  readonly amber: string;
  readonly amberText: string;
  readonly amberTint: string;
  readonly red: string;
  readonly redText: string;
  readonly redTint: string;
  readonly violet: string;
  readonly violetTint: string;
  readonly shadow: string;
  readonly edge: string;
}

export const LIGHT: Tokens = {
  paper: '#FAFAF7',
  surface: '#FFFFFF',
  sunken: '#F2F4EF',
  ink: '#1F2A24',
  muted: '#5A665F',
  faint: '#67726B',
  line: '#E4E7E1',
  lineStrong: '#CDD3CB',
  leaf: '#2F7D5B',
  leafText: '#27704F',
  leafTint: '#E7F2EC',
  amber: '#E0A12B',
  amberText: '#875A00',
  amberTint: '#FDF3DD',
  red: '#C8453B',
  redText: '#B3362D',
  redTint: '#FBEAE8',
  violet: '#7A6FD0',
  violetTint: '#EFEDFA',
  shadow: '0 1px 2px rgb(31 42 36 / 5%), 0 4px 14px rgb(31 42 36 / 6%)',
  edge: '#A9B3AB',
};

export const DARK: Tokens = {
  paper: '#141916',
  surface: '#1C231F',
  sunken: '#232B26',
  ink: '#E7ECE7',
  muted: '#A9B5AD',
  faint: '#97A39B',
  line: '#2F3933',
  lineStrong: '#445048',
  leaf: '#2F7D5B',
  leafText: '#74CBA2',
  leafTint: '#1F3A2D',
  amber: '#E0A12B',
  amberText: '#F0BE5D',
  amberTint: '#3A2F16',
  red: '#D8594E',
  redText: '#F2948B',
  redTint: '#40221F',
  violet: '#9A90E6',
  violetTint: '#2D2A47',
  shadow: '0 1px 2px rgb(0 0 0 / 30%), 0 4px 16px rgb(0 0 0 / 28%)',
  edge: '#64726A',
};

/** Colour of the bar of a card, and of the mark in the palette. */
export const GROUP_COLOUR: Record<NodeGroup, string> = {
  enter: 'var(--ink)',
  time: '#7A6FD0',
  logic: '#C7812F',
  reach: '#2F9268',
  customer: '#3B82A0',
  flow: '#8A8F88',
};

/** A lane's tint, and the colour of its words (contrast AA on the tinted paper, in either theme). */
const LANE: Record<Stage, { tint: string; light: string; dark: string }> = {
  touch: { tint: '#5B8DEF', light: '#2F62BD', dark: '#8FB4FA' },
  trial: { tint: '#2BB3A3', light: '#10736A', dark: '#5FD0C2' },
  engage: { tint: '#6BAF45', light: '#41761E', dark: '#97D16F' },
  monetize: { tint: '#E0A12B', light: '#875A00', dark: '#EDBB59' },
  loyalty: { tint: '#D9587B', light: '#AB3357', dark: '#F090AB' },
};

const dashed = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

/** The tokens as a block of CSS variables: `leafText` becomes `--leaf-text`. */
export function cssVariables(theme: 'light' | 'dark'): string {
  const tokens = theme === 'dark' ? DARK : LIGHT;
  const own = Object.entries(tokens).map(([name, value]) => `--${dashed(name)}: ${value};`);
  const lanes = Object.entries(LANE).flatMap(([stage, lane]) => [
    `--lane-${stage}: ${lane.tint};`,
    `--lane-${stage}-text: ${lane[theme]};`,
  ]);
  return [...own, ...lanes].join('\n');
}
