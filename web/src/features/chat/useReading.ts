import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { Conversation, Page } from '../../wire';
import { applyToConversation, applyToList } from './apply';
import { useChat } from './context';
import { conversationPath, keyOf, listPath } from './queries';

const looking = () => document.visibilityState === 'visible' && document.hasFocus();

function watchLooking(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  window.addEventListener('focus', listener);
  window.addEventListener('blur', listener);
  return () => {
    document.removeEventListener('visibilitychange', listener);
    window.removeEventListener('focus', listener);
    window.removeEventListener('blur', listener);
  };
}

// What is on the screen of somebody who is looking counts as read, up to this number.
export function useReading(conversation: Conversation, number: number): void {
  const client = useQueryClient();
  const { me, readings } = useChat();
  const present = useSyncExternalStore(watchLooking, looking);
  const { id, read } = conversation;
  useEffect(() => {
    if (!present || number <= read) return;
    const event = { event: 'chat.read', body: { conversation: id, member: me, number } } as const;
    client.setQueryData<Conversation>(keyOf(conversationPath(id)), (state) => state && applyToConversation(state, event, me));
    client.setQueryData<Page<Conversation>>(keyOf(listPath), (state) => state && applyToList(state, event, me));
    readings.report(id, number);
  }, [client, me, readings, id, read, number, present]);
}
