// One polite live region for the whole client.
let said = '';
const listeners = new Set<() => void>();

export function announce(text: string): void {
  said = text;
  for (const listener of listeners) listener();
}

export const announcements = {
  watch: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  latest: () => said,
};
