import type { ThemeConfig } from 'antd';
import css from './tokens.css?raw';

export type Look = 'light' | 'dark';

function block(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+): (.+);/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

export const colours: Record<Look, Record<string, string>> = {
  light: block(':root'),
  dark: block(":root[data-theme='dark']"),
};

// Ant Design computes with colours, so it gets the values of tokens.css rather than their names.
export function themeFor(look: Look, touch: boolean): ThemeConfig {
  const colour = (name: string) => colours[look][name] ?? '';
  return {
    token: {
      colorPrimary: colour('primary-fill'),
      colorPrimaryHover: colour('primary-press'), // darker, as a lighter one would fade the words on it
      colorPrimaryActive: colour('primary-press'),
      colorLink: colour('primary'),
      colorLinkHover: colour('primary'),
      colorLinkActive: colour('primary'),
      colorSuccess: colour('success'),
      colorWarning: colour('warning'),
      colorError: colour('danger'),
      colorText: colour('text'),
      colorTextSecondary: colour('muted'),
      colorTextPlaceholder: colour('muted'),
      colorBgBase: colour('pane'),
      colorBgContainer: colour('pane'),
      colorBgElevated: colour('pane'),
      colorBgLayout: colour('page'),
      colorBorder: colour('edge'),
      colorBorderSecondary: colour('line'),
      borderRadius: 8,
      fontSize: 14,
      fontFamily: 'var(--font)',
      controlHeight: touch ? 44 : 36,
      controlHeightLG: touch ? 48 : 44,
      controlHeightSM: touch ? 44 : 24,
      motion: false,
    },
    components: {
      Button: { defaultShadow: 'none', primaryShadow: 'none', fontWeight: 400 },
      Segmented: { controlHeight: touch ? 48 : 36, itemSelectedBg: colour('pane'), trackBg: colour('hover'), itemColor: colour('muted') },
    },
  };
}
