import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { get, post, unreachable, type Input } from '../../lib/http';
import { socket } from '../../lib/socket';
import type { Conversation, Entries, EntryChanged, Head, Page, Participants, Sent } from '../../wire';
import { useChat } from './context';
import { extend, lastNumber } from './log';

// A key is ['chat', path]: the answer of that path, kept current by events.
export const listPath = '/chat/conversations';
export const conversationPath = (id: string) => `${listPath}/${id}`;
export const entriesPath = (id: string) => `${listPath}/${id}/entries`;
export const keyOf = (path: string) => ['chat', path] as const;

const pageSize = 50;
const live = { staleTime: Infinity, gcTime: 30 * 60_000 };

export function useConversations() {
  const client = useQueryClient();
  return useQuery({
    queryKey: keyOf(listPath),
    queryFn: ({ signal }) => asManyAsBefore(client, signal),
    ...live,
  });
}

// Fetching again must not shorten a list that somebody has scrolled through.
async function asManyAsBefore(client: QueryClient, signal: AbortSignal): Promise<Page<Conversation>> {
  const wanted = client.getQueryData<Page<Conversation>>(keyOf(listPath))?.items.length ?? 0;
  let list = await get<Page<Conversation>>(listPath, { limit: 100 }, signal);
  while (list.next != null && list.items.length < wanted) {
    const more = await get<Page<Conversation>>(listPath, { limit: 100, after: list.next }, signal);
    list = { items: [...list.items, ...more.items], next: more.next ?? null };
  }
  return list;
}

export function useMoreConversations() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (after: string) => get<Page<Conversation>>(listPath, { limit: 100, after }),
    onSuccess: (more) =>
      client.setQueryData<Page<Conversation>>(keyOf(listPath), (list) => {
        const known = new Set(list?.items.map(({ id }) => id));
        return { items: [...(list?.items ?? []), ...more.items.filter(({ id }) => !known.has(id))], next: more.next ?? null };
      }),
  });
}

export function useConversation(id: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: keyOf(conversationPath(id)),
    queryFn: ({ signal }) => get<Conversation>(conversationPath(id), {}, signal),
    initialData: () => client.getQueryData<Page<Conversation>>(keyOf(listPath))?.items.find((item) => item.id === id),
    ...live,
  });
}

const newest = (id: string) => ({
  queryKey: keyOf(entriesPath(id)),
  queryFn: ({ signal }: { signal: AbortSignal }) => get<Entries>(entriesPath(id), { limit: pageSize }, signal),
  ...live,
});

export const useEntries = (id: string) => useQuery(newest(id));

// Between pressing and releasing the button there is time to fetch.
export function usePrefetchEntries() {
  const client = useQueryClient();
  return (id: string) => void client.query(newest(id)).catch(() => undefined); // opening it will say why
}

export function useOlder(id: string) {
  const client = useQueryClient();
  const { me, feed } = useChat();
  return useMutation({
    mutationFn: async (before: number) => {
      const older = await get<Entries>(entriesPath(id), { before, limit: pageSize });
      await feed.reach(id, older.head);
      return older;
    },
    onSuccess: (older, before) =>
      client.setQueryData<Entries>(keyOf(entriesPath(id)), (log) => (log?.items[0]?.number === before && lastNumber(log) >= older.head ? extend(log, [older], me) : log)),
  });
}

export function useOpenChat() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (member: string) => post<Conversation>(listPath, { member }),
    onSuccess: (conversation) => client.setQueryData(keyOf(conversationPath(conversation.id)), conversation),
  });
}

export function useOpenGroup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (group: { name: string; members: string[] }) => post<Conversation>('/chat/groups', group),
    onSuccess: (conversation) => client.setQueryData(keyOf(conversationPath(conversation.id)), conversation),
  });
}

export function useParticipants(id: string, enabled = true) {
  return useInfiniteQuery({
    queryKey: keyOf(`${conversationPath(id)}/members`),
    queryFn: ({ pageParam, signal }: { pageParam: string | undefined; signal: AbortSignal }) =>
      get<Participants>(`${conversationPath(id)}/members`, { after: pageParam, limit: 100 }, signal),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    select: ({ pages }) => ({ members: pages.flatMap(({ items }) => items.map(({ member }) => member)), count: pages.at(-1)?.count ?? 0 }),
    enabled,
    staleTime: 60_000,
  });
}

export const heads = (after?: string) => get<Page<Head>>('/chat/heads', { after, limit: 100 });

// Over the live connection when there is one; it carries one person's writes in order.
const write = <Out>(path: string, body: Input): Promise<Out> => (socket.status === 'open' ? socket.ask<Out>('post', path, body) : post<Out>(path, body));

interface Message {
  conversation: string;
  token: string;
  text: string;
  quote?: number | undefined;
}

export const sendMessage = ({ conversation, token, text, quote }: Message) => write<Sent>('/chat/messages', { conversation, token, text, quote });

// Unlike a message, a change to one does not wait for the network.
const changeNow = (path: string, body: Input) => (navigator.onLine ? write<EntryChanged>(path, body) : Promise.reject(unreachable()));

export const sendEdit = (conversation: string, number: number, text: string) => changeNow('/chat/edits', { conversation, number, text });
export const sendRecall = (conversation: string, number: number) => changeNow('/chat/recalls', { conversation, number });
export const sendReaction = (conversation: string, number: number, emoji: string, on: boolean) =>
  changeNow('/chat/reactions', { conversation, number, emoji, on });

export const sendReading = (conversation: string, number: number) =>
  post<Record<string, never>>(`${conversationPath(conversation)}/reading`, { number });
