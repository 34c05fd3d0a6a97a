// What an event does to an answer that was fetched before it: the result equals fetching again.
// Fixtures recorded from the server prove it.
import type { ChatEvent, Conversation, Entries, Entry, Page } from '../../wire';

export function apply(path: string, state: unknown, event: ChatEvent, me: string): unknown {
  if (path === '/chat/conversations') return applyToList(state as Page<Conversation>, event, me);
  const entries = /^\/chat\/conversations\/([^/]+)\/entries$/.exec(path);
  if (entries) return applyToEntries(state as Entries, entries[1] ?? '', event);
  if (/^\/chat\/conversations\/[^/]+$/.test(path)) return applyToConversation(state as Conversation, event, me);
  return state;
}

// The list is in the order of the last message, newest first.
export function applyToList(list: Page<Conversation>, event: ChatEvent, me: string): Page<Conversation> {
  const before = list.items.find(({ id }) => id === event.body.conversation);
  if (!before) return list;
  const after = applyToConversation(before, event, me);
  if (after === before) return list;
  if (after.head === before.head) return { ...list, items: list.items.map((item) => (item === before ? after : item)) };
  return { ...list, items: [after, ...list.items.filter((item) => item !== before)] };
}

export function applyToConversation(conversation: Conversation, event: ChatEvent, me: string): Conversation {
  if (event.body.conversation !== conversation.id) return conversation;
  if (event.event === 'chat.entry') return withEntry(conversation, event.body.entry, me);
  if (event.event === 'chat.read') return withRead(conversation, event.body.member, event.body.number, me);
  return conversation;
}

const mostUnread = 100; // that, or more

function withEntry(conversation: Conversation, entry: Entry, me: string): Conversation {
  if (entry.number <= conversation.head) return conversation;
  const unread = entry.author === me ? conversation.unread : Math.min(mostUnread, conversation.unread + 1);
  return { ...conversation, at: entry.at, last: entry, head: entry.number, unread };
}

function withRead(conversation: Conversation, member: string, number: number, me: string): Conversation {
  if (member === me && number > conversation.read) {
    return { ...conversation, read: number, unread: Math.min(conversation.unread, Math.max(0, conversation.head - number)) };
  }
  if (member === conversation.peer && number > conversation.peer_read) return { ...conversation, peer_read: number };
  return conversation;
}

export function applyToEntries(log: Entries, conversation: string, event: ChatEvent): Entries {
  if (event.event !== 'chat.entry' || event.body.conversation !== conversation) return log;
  const { entry } = event.body;
  if (entry.number <= lastNumber(log)) return log;
  const head = Math.max(log.head, entry.number);
  // After a gap the head alone moves; whoever feeds the log sees it and fetches what is missing.
  if (entry.number > lastNumber(log) + 1) return { ...log, head };
  return { ...log, first: log.first || entry.number, head, items: [...log.items, entry] };
}

export const lastNumber = (log: Entries): number => log.items.at(-1)?.number ?? 0;
export const hasGap = (log: Entries): boolean => log.head > lastNumber(log);
export const hasOlder = (log: Entries): boolean => (log.items[0]?.number ?? 0) > log.first;

// Puts a fetched page at the end of the log, or at its beginning.
export function extend(log: Entries, page: Entries): Entries {
  const known = new Set(log.items.map(({ number }) => number));
  const items = [...log.items, ...page.items.filter(({ number }) => !known.has(number))];
  items.sort((one, other) => one.number - other.number);
  return { items, first: page.first, head: Math.max(log.head, page.head) };
}
