import { Contact, MessageCircle, Settings, ShieldCheck, UserRound, type LucideIcon } from 'lucide-react';

export interface Place {
  to: string;
  word: 'nav.chat' | 'nav.directory' | 'nav.me' | 'me.privacy' | 'me.settings';
  icon: LucideIcon;
}

// Only rooms that exist have an entry.
export const rooms: readonly Place[] = [
  { to: '/chat', word: 'nav.chat', icon: MessageCircle },
  { to: '/directory', word: 'nav.directory', icon: Contact },
];
export const own: Place = { to: '/me', word: 'nav.me', icon: UserRound };
export const privacy: Place = { to: '/me/privacy', word: 'me.privacy', icon: ShieldCheck };
export const settings: Place = { to: '/me/settings', word: 'me.settings', icon: Settings };

// On a phone one pane is shown at a time: whether this address is about the second one.
export function isDetail({ pathname, search }: { pathname: string; search: string }): boolean {
  return /^\/(chat|me)\/./.test(pathname) || new URLSearchParams(search).has('member');
}
