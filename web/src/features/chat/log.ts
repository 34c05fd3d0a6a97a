// The part of a conversation's log that is loaded: what an entry does to it, and how fetched pages join it.
import type { ChatEvent, Entries, Entry, Reaction } from '../../wire';

export const lastNumber = (log: Entries): number => log.items.at(-1)?.number ?? 0;
export const hasGap = (log: Entries): boolean => log.head > lastNumber(log);
export const hasOlder = (log: Entries): boolean => (log.items[0]?.number ?? 0) > log.first;

export function applyToEntries(log: Entries, conversation: string, event: ChatEvent, me: string): Entries {
  if (event.event !== 'chat.entry' || event.body.conversation !== conversation) return log;
  const { entry } = event.body;
  if (entry.number <= lastNumber(log)) return log;
  const head = Math.max(log.head, entry.number);
  const quoted = entry.number === lastNumber(log) + 1 ? quotedWith(log, entry) : undefined;
  // After a gap, or when it quotes what is not loaded, the head alone moves; whoever feeds the log sees it and fetches.
  if (!quoted) return { ...log, head };
  return change({ ...log, first: log.first || entry.number, head, quoted, items: [...log.items, entry] }, entry, me);
}

// Puts fetched pages at the end of the log, or one at its beginning. Each part is as it was at its head, so it lacks
// what came after that; together the parts must reach the last head among them.
export function extend(log: Entries, pages: readonly Entries[], me: string): Entries {
  const parts = [{ ...log, head: lastNumber(log) }, ...pages];
  const all = parts.map(({ items }) => items).reduce((items, more) => union(items, more));
  const current = parts.map((part) => all.reduce((state, entry) => (entry.number > part.head ? change(state, entry, me) : state), part));
  const joined = current.reduce(join);
  return { ...joined, head: Math.max(log.head, joined.head) };
}

function join(log: Entries, page: Entries): Entries {
  const known = new Set(log.items.map(({ number }) => number));
  const reactions = [...log.reactions, ...page.reactions.filter(({ number }) => !known.has(number))];
  return {
    items: union(log.items, page.items),
    quoted: union(log.quoted, page.quoted),
    reactions: reactions.sort(inOrder),
    first: page.first,
    head: Math.max(log.head, page.head),
  };
}

function union(one: readonly Entry[], other: readonly Entry[]): Entry[] {
  const known = new Set(one.map(({ number }) => number));
  return [...one, ...other.filter(({ number }) => !known.has(number))].sort((a, b) => a.number - b.number);
}

// The messages that the log quotes once this entry is in it; undefined if that one is not loaded.
function quotedWith(log: Entries, { kind, target }: Entry): Entry[] | undefined {
  if (kind !== 'message' || target == null) return log.quoted;
  const found = [...log.quoted, ...log.items].find(({ number }) => number === target);
  return found && union(log.quoted, [found]);
}

// What an entry about a message makes of it.
function change(log: Entries, entry: Entry, me: string): Entries {
  const { target, text } = entry;
  if (target == null) return log;
  switch (entry.kind) {
    case 'message':
      return log;
    case 'edit':
      return rewrite(log, target, { text, state: 'edited' });
    case 'recall':
      return withoutTraces(rewrite(log, target, { text: '', target: null, state: 'recalled' }), target);
    case 'reaction':
      return react(log, { number: target, emoji: text, count: 1, mine: entry.author === me });
    case 'reaction_removed':
      return react(log, { number: target, emoji: text, count: -1, mine: entry.author === me });
  }
}

// An edit says what its message says now.
function rewrite(log: Entries, number: number, now: Partial<Entry> & { text: string }): Entries {
  const rewritten = (entry: Entry): Entry => {
    if (entry.number === number) return { ...entry, ...now };
    return entry.kind === 'edit' && entry.target === number ? { ...entry, text: now.text } : entry;
  };
  return { ...log, items: log.items.map(rewritten), quoted: log.quoted.map(rewritten) };
}

// Nobody reacts to what was taken back, and it quotes nothing any more.
function withoutTraces(log: Entries, number: number): Entries {
  const quotes = new Set(log.items.map(({ kind, target }) => (kind === 'message' ? target : undefined)));
  return { ...log, quoted: log.quoted.filter((entry) => quotes.has(entry.number)), reactions: log.reactions.filter((one) => one.number !== number) };
}

function react(log: Entries, step: Reaction): Entries {
  if (!log.items.some(({ number }) => number === step.number)) return log;
  const known = log.reactions.find(({ number, emoji }) => number === step.number && emoji === step.emoji);
  const count = (known?.count ?? 0) + step.count;
  const mine = step.mine ? step.count > 0 : (known?.mine ?? false);
  const others = log.reactions.filter((one) => one !== known);
  return { ...log, reactions: count > 0 ? [...others, { ...step, count, mine }].sort(inOrder) : others };
}

function inOrder(one: Reaction, other: Reaction): number {
  if (one.number !== other.number) return one.number - other.number;
  return one.emoji < other.emoji ? -1 : 1;
}
