import { theme as antd, type ThemeConfig } from 'antd';
import { create } from 'zustand';
import { cssVariables, DARK, LIGHT } from './tokens.ts';

export type ThemeName = 'light' | 'dark';

const KEY = 'pergola.theme';
const wanted = (): ThemeName => {
  const kept = localStorage.getItem(KEY);
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

interface ThemeState {
  readonly name: ThemeName;
  readonly set: (name: ThemeName) => void;
}

/** Light or dark: what the person chose, else what the system says. */
export const useTheme = create<ThemeState>((set) => ({
  name: wanted(),
  set: (name) => {
    localStorage.setItem(KEY, name);
    paint(name);
    set({ name });
  },
}));

/** Writes the CSS variables of a theme onto the page. */
export function paint(name: ThemeName): void {
  document.documentElement.dataset['theme'] = name;
  document.documentElement.style.colorScheme = name;
  let sheet = document.getElementById('tokens');
  if (!sheet) {
    sheet = document.createElement('style');
    sheet.id = 'tokens';
    document.head.append(sheet);
  }
  sheet.textContent = `:root {\n${cssVariables(name)}\n}`;
}

/** antd's theme from the same tokens. */
export function antdTheme(name: ThemeName): ThemeConfig {
  const t = name === 'dark' ? DARK : LIGHT;
  return {
    algorithm: name === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    cssVar: { key: 'pergola' },
    token: {
      colorPrimary: t.leaf,
      colorPrimaryBg: t.leafTint,
      controlItemBgActive: t.leafTint,
      controlItemBgActiveHover: t.leafTint,
      controlItemBgHover: t.sunken,
      colorInfo: t.leaf,
      colorSuccess: t.leaf,
      colorWarning: t.amber,
      colorError: t.red,
      colorLink: t.leafText,
      colorText: t.ink,
      colorTextSecondary: t.muted,
      colorTextTertiary: t.faint,
      colorTextDescription: t.muted,
      colorTextPlaceholder: t.faint,
      colorBgBase: t.surface,
      colorBgLayout: t.paper,
      colorBgContainer: t.surface,
      colorBgElevated: t.surface,
      colorBorder: t.lineStrong,
      colorBorderSecondary: t.line,
      borderRadius: 8,
      motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      fontFamily: 'var(--font)',
      fontSize: 14,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
      wireframe: false,
    },
    components: {
      Table: { headerBg: 'transparent', headerColor: t.muted, headerSplitColor: 'transparent', rowHoverBg: t.sunken },
      Segmented: { trackBg: t.sunken, itemSelectedBg: t.surface, itemColor: t.muted, itemSelectedColor: t.ink },
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        ...(name === 'dark' && { colorError: t.redText, dangerColor: t.paper }),
      },
      Tabs: { itemColor: t.muted, itemSelectedColor: t.ink, itemHoverColor: t.ink, inkBarColor: t.leaf },
    },
  };
}
