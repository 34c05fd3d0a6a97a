import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Feed } from './feed';
import type { Outbox, Outgoing } from './outbox';
import type { Readings } from './readings';

export interface Chat {
  me: string;
  feed: Feed;
  outbox: Outbox;
  readings: Readings;
}

export const ChatContext = createContext<Chat | undefined>(undefined);

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error('useChat is used inside ChatProvider');
  return chat;
}

export function useOutgoing(conversation: string): readonly Outgoing[] {
  const { outbox } = useChat();
  return useSyncExternalStore(outbox.watch, () => outbox.of(conversation));
}
