import { ConfigProvider } from 'antd';
import { useLayoutEffect, type ReactNode } from 'react';
import { useMedia } from '../lib/media';
import { useRemembered } from '../lib/store';
import { colours, themeFor, type Look } from '../ui/theme';

export function Theme({ children }: { children: ReactNode }) {
  const chosen = useRemembered('theme') ?? 'system';
  const night = useMedia('(prefers-color-scheme: dark)');
  const touch = useMedia('(pointer: coarse)');
  const look: Look = chosen === 'system' ? (night ? 'dark' : 'light') : chosen;
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = look;
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', colours[look]['page'] ?? '');
  }, [look]);
  return (
    <ConfigProvider theme={themeFor(look, touch)} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      {children}
    </ConfigProvider>
  );
}
