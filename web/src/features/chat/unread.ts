import { useConversations } from './queries';

export function useUnread(): number {
  return useConversations().data?.items.reduce((sum, { unread }) => sum + unread, 0) ?? 0;
}
