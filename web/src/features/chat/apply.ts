// What an event does to an answer that was fetched before it: the result equals fetching again.
// Fixtures recorded from the server prove it.
import type { ChatEvent, Conversation, Entries, Entry, Page } from '../../wire';
import { applyToEntries } from './log';

export function apply(path: string, state: unknown, event: ChatEvent, me: string): unknown {
  if (path === '/chat/conversations') return applyToList(state as Page<Conversation>, event, me);
  const entries = /^\/chat\/conversations\/([^/]+)\/entries$/.exec(path);
  if (entries) return applyToEntries(state as Entries, entries[1] ?? '', event, me);
  if (/^\/chat\/conversations\/[^/]+$/.test(path)) return applyToConversation(state as Conversation, event, me);
  return state;
}

// The list is in the order of the last message, newest first.
export function applyToList(list: Page<Conversation>, event: ChatEvent, me: string): Page<Conversation> {
  const before = list.items.find(({ id }) => id === event.body.conversation);
  if (!before) return list;
  const after = applyToConversation(before, event, me);
  if (after === before) return list;
  if (after.last?.number === before.last?.number) return { ...list, items: list.items.map((item) => (item === before ? after : item)) };
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
  const after = { ...conversation, head: entry.number };
  const last = conversation.last?.number === entry.target ? conversation.last : undefined;
  switch (entry.kind) {
    case 'message':
      return { ...after, at: entry.at, last: entry, unread: entry.author === me ? after.unread : Math.min(mostUnread, after.unread + 1) };
    case 'edit':
      return last ? { ...after, last: { ...last, text: entry.text, state: 'edited' } } : after;
    case 'recall': {
      const unread = wasUnread(conversation, entry, me) ? Math.max(0, after.unread - 1) : after.unread;
      return last ? { ...after, unread, last: { ...last, text: '', target: null, state: 'recalled' } } : { ...after, unread };
    }
    default:
      return after;
  }
}

function wasUnread({ read }: Conversation, recall: Entry, me: string): boolean {
  return recall.author !== me && (recall.target ?? 0) > read;
}

function withRead(conversation: Conversation, member: string, number: number, me: string): Conversation {
  if (member === me && number > conversation.read) {
    return { ...conversation, read: number, unread: Math.min(conversation.unread, Math.max(0, conversation.head - number)) };
  }
  if (member === conversation.peer && number > conversation.peer_read) return { ...conversation, peer_read: number };
  return conversation;
}

// Whether the event alone does not tell what the conversation is now, so that it has to be fetched again.
export function leavesDoubt(conversation: Conversation, event: ChatEvent, me: string): boolean {
  const { head, read, unread } = conversation;
  if (event.event === 'chat.read') {
    const { member, number } = event.body;
    return member === me && number > read && number < head && unread > 0;
  }
  if (event.event !== 'chat.entry') return false;
  const { entry } = event.body;
  if (entry.number > head + 1) return true;
  return entry.kind === 'recall' && entry.number > head && unread >= mostUnread && wasUnread(conversation, entry, me);
}
