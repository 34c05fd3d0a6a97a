import { useQueries } from '@tanstack/react-query';
import { useConversations } from '../../features/chat/queries';
import { personQuery } from '../../lib/people';
import type { Member } from '../../wire';

const some = 8;

// Those one talked with last.
export function useRecentPeople(): Member[] {
  const peers = useConversations().data?.items.flatMap(({ peer }) => peer ?? []).slice(0, some) ?? [];
  const people = useQueries({ queries: peers.map(personQuery) });
  return people.flatMap(({ data }) => (data ? [data] : []));
}
