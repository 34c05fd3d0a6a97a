// What the browser itself says about a permission, and where it is changed. Asking it never opens a question to anybody.
import { useEffect, useState } from 'react';

export type BrowserState = 'granted' | 'denied' | 'prompt' | 'unknown' | 'each_time' | 'none';

// The browser's names; it has none for files, which people choose one by one in its own window.
const names: Partial<Record<string, string>> = { 'PM-01': 'camera', 'PM-04': 'geolocation', 'PM-06': 'notifications', 'PM-07': 'microphone' };
const picked = ['PM-02', 'PM-03'];

// Undefined while the browser is being asked.
export function useBrowserState(permission: string): BrowserState | undefined {
  const name = names[permission];
  const [state, setState] = useState<BrowserState>();
  useEffect(() => {
    if (name === undefined) return;
    const stop = new AbortController();
    void follow(name, setState, stop.signal);
    return () => stop.abort();
  }, [name]);
  return name === undefined ? (picked.includes(permission) ? 'each_time' : 'none') : state;
}

async function follow(name: string, tell: (state: BrowserState) => void, signal: AbortSignal): Promise<void> {
  try {
    const status = await navigator.permissions.query({ name: name as PermissionName });
    if (signal.aborted) return;
    tell(status.state);
    status.addEventListener('change', () => tell(status.state), { signal });
  } catch {
    if (!signal.aborted) tell('unknown'); // not every browser tells, and some know fewer names
  }
}

export type Family = 'android' | 'chrome' | 'edge' | 'firefox' | 'ios' | 'other' | 'safari';

const marks: [RegExp, Family][] = [
  [/iPhone|iPad/, 'ios'],
  [/Android/, 'android'],
  [/Edg\//, 'edge'],
  [/Firefox\//, 'firefox'],
  [/Chrome\//, 'chrome'],
  [/Safari\//, 'safari'],
];

// Only for the words that show the way to the settings: it is neither kept nor sent.
export function familyOf(agent: string): Family {
  return marks.find(([mark]) => mark.test(agent))?.[1] ?? 'other';
}
