// What an event does to an answer that was fetched before it: the result equals fetching again.
// Fixtures recorded from the server prove it.
import type { Conversation, Entries, Entry, Page, WireEvent } from '../../wire';

export function apply(path: string, state: unknown, event: WireEvent): unknown {
  if (path === '/chat/conversations') return applyToList(state as Page<Conversation>, event);
  const entries = /^\/chat\/conversations\/([^/]+)\/entries$/.exec(path);
  if (entries) return applyToEntries(state as Entries, entries[1] ?? '', event);
  if (/^\/chat\/conversations\/[^/]+$/.test(path)) return applyToConversation(state as Conversation, event);
  return state;
}

// The list is in the order of the last message, newest first.
export function applyToList(list: Page<Conversation>, event: WireEvent): Page<Conversation> {
  const about = concerned(event);
  const before = list.items.find(({ id }) => id === about);
  if (!before) return list;
  const after = applyToConversation(before, event);
  if (after === before) return list;
  if (after.head === before.head) return { ...list, items: list.items.map((item) => (item === before ? after : item)) };
  return { ...list, items: [after, ...list.items.filter((item) => item !== before)] };
}

export function applyToConversation(conversation: Conversation, event: WireEvent): Conversation {
  if (concerned(event) !== conversation.id) return conversation;
  if (event.event === 'chat.entry') return withEntry(conversation, event.body.entry);
  if (event.event === 'chat.read') return withRead(conversation, event.body.member, event.body.number);
  return conversation;
}

function withEntry(conversation: Conversation, entry: Entry): Conversation {
  if (entry.number <= conversation.head) return conversation;
  const theirs = entry.author === conversation.peer; // in a direct chat there is nobody else
  return {
    ...conversation,
    last: entry,
    head: entry.number,
    // Whoever writes has read what stands above.
    read: theirs ? conversation.read : entry.number,
    peer_read: theirs ? entry.number : conversation.peer_read,
    unread: theirs ? entry.number - conversation.read : 0,
  };
}

function withRead(conversation: Conversation, member: string, number: number): Conversation {
  if (member === conversation.peer) {
    return number > conversation.peer_read ? { ...conversation, peer_read: number } : conversation;
  }
  if (number <= conversation.read) return conversation;
  return { ...conversation, read: number, unread: Math.max(0, conversation.head - number) };
}

export function applyToEntries(log: Entries, conversation: string, event: WireEvent): Entries {
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

function concerned(event: WireEvent): string | undefined {
  return event.event === 'net.resync' ? undefined : event.body.conversation;
}
