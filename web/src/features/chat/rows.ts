// A conversation as it is drawn: runs of one author, the time between them, where the unread begins.
import type { Entry } from '../../wire';
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
  begins: boolean; // a run
  ends: boolean;
  state: LineState | undefined; // shown only where it changes
  token: string | undefined;
  failed: Refusal | undefined;
}

export type Row = Line | { kind: 'time'; key: string; at: number } | { kind: 'new'; key: string } | { kind: 'start'; key: string };

interface View {
  me: string;
  peerRead: number;
  unreadAfter: number | undefined; // the number after which the line "new" is drawn
  complete: boolean; // the beginning of the conversation is loaded
}

const run = 3 * 60_000;

export function rowsOf(entries: readonly Entry[], outgoing: readonly Outgoing[], view: View): Row[] {
  const lines = [...entries.map((entry) => fromEntry(entry, view)), ...outgoing.map((message) => fromOutgoing(message, view.me))];
  const firstUnread = view.unreadAfter === undefined ? undefined : entries.find((e) => e.number > (view.unreadAfter ?? 0) && e.author !== view.me);
  const rows: Row[] = view.complete ? [{ kind: 'start', key: 'start' }] : [];
  lines.forEach((line, index) => {
    // Whether the oldest loaded message begins a run is not known yet: it waits, so that no row changes its height later.
    if (index === 0 && !view.complete) return;
    const before = lines[index - 1];
    const after = lines[index + 1];
    const unread = firstUnread !== undefined && line.key === keyOf(firstUnread);
    if (!before || line.at - before.at >= run) rows.push({ kind: 'time', key: `time ${line.key}`, at: line.at });
    if (unread) rows.push({ kind: 'new', key: 'new' });
    line.begins = unread || !before || !together(before, line);
    line.ends = !after || !together(line, after);
    rows.push(line);
  });
  hideRepeatedStates(lines);
  return rows;
}

const keyOf = (entry: Entry) => `entry ${entry.number}`;

function together(one: Line, other: Line): boolean {
  return one.author === other.author && other.at - one.at < run;
}

function fromEntry(entry: Entry, view: View): Line {
  const own = entry.author === view.me;
  const state = own ? (entry.number <= view.peerRead ? 'read' : 'sent') : undefined;
  return { kind: 'line', key: keyOf(entry), author: entry.author, own, at: entry.at, text: entry.text, begins: true, ends: true, state, token: undefined, failed: undefined };
}

function fromOutgoing(message: Outgoing, me: string): Line {
  const state = message.failed ? 'failed' : 'waiting';
  return { kind: 'line', key: message.token, author: me, own: true, at: message.at, text: message.text, begins: true, ends: true, state, token: message.token, failed: message.failed };
}

// "Read" under every message would be noise: it stands under the last of those it is true for in a run.
function hideRepeatedStates(lines: Line[]): void {
  lines.forEach((line, index) => {
    const after = lines[index + 1];
    if (!line.ends && line.state !== 'failed' && after?.own && after.state === line.state) line.state = undefined;
  });
}
