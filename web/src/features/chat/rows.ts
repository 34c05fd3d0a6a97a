// A conversation as it is drawn: runs of one author, the time between them, where the unread begins.
import type { Entries, Entry, Reaction } from '../../wire';
import type { Refusal } from '../../lib/http';
import type { Outgoing } from './outbox';

export type LineState = 'waiting' | 'failed' | 'sent' | 'read';

export interface Line {
  kind: 'line';
  key: string;
  author: string | null | undefined;
  own: boolean;
  at: number;
  text: string;
  message: Entry | undefined; // none while it is on its way
  quoted: Entry | undefined;
  reactions: readonly Reaction[];
  begins: boolean; // a run
  ends: boolean;
  state: LineState | undefined; // shown only where it changes
  token: string | undefined;
  failed: Refusal | undefined;
}

export interface Recalled {
  kind: 'recalled';
  key: string;
  author: string | null | undefined;
  own: boolean;
  at: number;
  number: number;
}

export type Row = Line | Recalled | { kind: 'time'; key: string; at: number } | { kind: 'new'; key: string } | { kind: 'start'; key: string };

// Of a message that stands.
export const numberOf = (row: Row | undefined): number | undefined => (row?.kind === 'line' ? row.message?.number : undefined);

export interface View {
  me: string;
  peerRead: number;
  unreadAfter: number | undefined; // the number after which the line "new" is drawn
  complete: boolean; // the beginning of the conversation is loaded
}

const run = 3 * 60_000;

export type Log = Pick<Entries, 'items' | 'quoted' | 'reactions'>;

export function rowsOf(log: Log, outgoing: readonly Outgoing[], view: View): Row[] {
  const messages = log.items.filter(({ kind }) => kind === 'message');
  const quotes = new Map([...log.quoted, ...messages].map((entry) => [entry.number, entry]));
  const reactions = grouped(log.reactions);
  const lines = [
    ...messages.map((entry) => (entry.state === 'recalled' ? asRecalled(entry, view) : fromEntry(entry, view, quotes, reactions))),
    ...outgoing.map((message) => fromOutgoing(message, view.me, quotes)),
  ];
  const firstUnread = view.unreadAfter === undefined ? undefined : messages.find((e) => e.number > (view.unreadAfter ?? 0) && e.author !== view.me);
  const rows: Row[] = view.complete ? [{ kind: 'start', key: 'start' }] : [];
  lines.forEach((line, index) => {
    // Whether the oldest loaded message begins a run is not known yet: it waits, so that no row changes its height later.
    if (index === 0 && !view.complete) return;
    const before = lines[index - 1];
    const after = lines[index + 1];
    const unread = firstUnread !== undefined && line.key === keyOf(firstUnread);
    if (!before || line.at - before.at >= run) rows.push({ kind: 'time', key: `time ${line.key}`, at: line.at });
    if (unread) rows.push({ kind: 'new', key: 'new' });
    rows.push(line);
    if (line.kind === 'recalled') return;
    line.begins = unread || !before || !together(before, line);
    line.ends = !after || !together(line, after);
  });
  hideRepeatedStates(lines);
  return rows;
}

const keyOf = (entry: Entry) => `entry ${entry.number}`;

function grouped(reactions: readonly Reaction[]): Map<number, Reaction[]> {
  const all = new Map<number, Reaction[]>();
  for (const reaction of reactions) all.set(reaction.number, [...(all.get(reaction.number) ?? []), reaction]);
  return all;
}

function together(one: Line | Recalled, other: Line | Recalled): boolean {
  return one.kind === other.kind && one.author === other.author && other.at - one.at < run;
}

function asRecalled(entry: Entry, view: View): Recalled {
  return { kind: 'recalled', key: keyOf(entry), author: entry.author, own: entry.author === view.me, at: entry.at, number: entry.number };
}

const none: readonly Reaction[] = [];

function fromEntry(entry: Entry, view: View, quotes: Map<number, Entry>, reactions: Map<number, Reaction[]>): Line {
  const own = entry.author === view.me;
  const state = own ? (entry.number <= view.peerRead ? 'read' : 'sent') : undefined;
  return {
    ...line(keyOf(entry), entry.author, own, entry.at, entry.text, state),
    message: entry,
    quoted: quotes.get(entry.target ?? 0),
    reactions: reactions.get(entry.number) ?? none,
  };
}

function fromOutgoing(message: Outgoing, me: string, quotes: Map<number, Entry>): Line {
  const state = message.failed ? 'failed' : 'waiting';
  return { ...line(message.token, me, true, message.at, message.text, state), quoted: quotes.get(message.quote ?? 0), token: message.token, failed: message.failed };
}

function line(key: string, author: Line['author'], own: boolean, at: number, text: string, state: Line['state']): Line {
  const plain = { message: undefined, quoted: undefined, reactions: none, token: undefined, failed: undefined };
  return { kind: 'line', key, author, own, at, text, state, begins: true, ends: true, ...plain };
}

// "Read" under every message would be noise: it stands under the last of those it is true for in a run.
function hideRepeatedStates(lines: (Line | Recalled)[]): void {
  lines.forEach((line, index) => {
    const after = lines[index + 1];
    if (line.kind === 'line' && after?.kind === 'line' && !line.ends && line.state !== 'failed' && after.own && after.state === line.state) line.state = undefined;
  });
}
