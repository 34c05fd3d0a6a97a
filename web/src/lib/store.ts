// What this device remembers. Until the policy is accepted it lives in memory only and leaves nothing behind.
import { useSyncExternalStore } from 'react';

export interface Remembered {
  policy: string; // hash of the accepted policy
  signedIn: boolean;
  language: 'zh-CN' | 'en';
  theme: 'light' | 'dark' | 'system';
  listWidth: number;
}

const prefix = 'carillon.';
const known = new Map<string, unknown>();
const listeners = new Set<() => void>();
let allowed = localStorage.getItem(`${prefix}policy`) !== null;

export function recall<Key extends keyof Remembered>(key: Key): Remembered[Key] | undefined {
  if (!known.has(key)) known.set(key, read(localStorage, key));
  return known.get(key) as Remembered[Key] | undefined;
}

export function remember<Key extends keyof Remembered>(key: Key, value: Remembered[Key] | undefined): void {
  known.set(key, value);
  if (allowed) write(localStorage, key, value);
  for (const listener of listeners) listener();
}

// From here on the device may keep things, beginning with what was chosen while reading.
export function allow(policy: string): void {
  allowed = true;
  known.set('policy', policy);
  for (const [key, value] of known) write(localStorage, key, value);
}

// Whoever declines leaves the device as it was found.
export function forgetEverything(): void {
  allowed = false;
  known.clear();
  for (const shelf of [localStorage, sessionStorage]) {
    for (const key of Object.keys(shelf)) if (key.startsWith(prefix)) shelf.removeItem(key);
  }
  for (const listener of listeners) listener();
}

export function useRemembered<Key extends keyof Remembered>(key: Key): Remembered[Key] | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => recall(key),
  );
}

// For this visit: what was typed or is on its way survives a reload and ends with the tab or the session.
export function keepForVisit(key: string, value: unknown): void {
  if (allowed) write(sessionStorage, `visit.${key}`, value);
}

export function keptForVisit(key: string): unknown {
  return read(sessionStorage, `visit.${key}`);
}

export function endVisit(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(`${prefix}visit.`)) sessionStorage.removeItem(key);
}

function read(shelf: Storage, key: string): unknown {
  const text = shelf.getItem(prefix + key);
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // somebody else's value is as good as none
  }
}

// A full or forbidden shelf must not stop anybody from working: the value stays in memory.
function write(shelf: Storage, key: string, value: unknown): void {
  try {
    if (value === undefined) shelf.removeItem(prefix + key);
    else shelf.setItem(prefix + key, JSON.stringify(value));
  } catch {
    shelf.removeItem(prefix + key);
  }
}
