import { describe, expect, test } from 'vitest';
import type { Entry, Reaction } from '../../wire';
import type { Outgoing } from './outbox';
import { rowsOf as rowsOfLog, type Line, type Row, type View } from './rows';

const minute = 60_000;
const entry = (number: number, author: string, at: number): Entry => ({ number, kind: 'message', author, at, text: `${number}`, target: null, state: null });
const rowsOf = (items: Entry[], outgoing: Outgoing[], view: View, reactions: Reaction[] = [], quoted: Entry[] = []) => rowsOfLog({ items, quoted, reactions }, outgoing, view);
const view = { me: 'me', peerRead: 0, unreadAfter: undefined, complete: true };
const lines = (rows: Row[]) => rows.filter((row): row is Line => row.kind === 'line');

describe('rows of a conversation', () => {
  test('one author within three minutes is one run', () => {
    const rows = lines(rowsOf([entry(1, 'you', 0), entry(2, 'you', 2 * minute), entry(3, 'me', 2 * minute), entry(4, 'me', 6 * minute)], [], view));
    expect(rows.map(({ begins, ends }) => [begins, ends])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  test('the time stands before a run that begins after a pause', () => {
    const rows = rowsOf([entry(1, 'you', 0), entry(2, 'me', minute), entry(3, 'me', 10 * minute)], [], view);
    expect(rows.map(({ kind }) => kind)).toEqual(['start', 'time', 'line', 'line', 'time', 'line']);
  });

  test('unread begins at the first message of somebody else', () => {
    const rows = rowsOf([entry(1, 'you', 0), entry(2, 'me', 0), entry(3, 'you', 0)], [], { ...view, unreadAfter: 1 });
    expect(rows.map(({ kind }) => kind)).toEqual(['start', 'time', 'line', 'line', 'new', 'line']);
  });

  test('read, sent and waiting are said once, under the last they are true for', () => {
    const messages = [entry(1, 'me', 0), entry(2, 'me', 0), entry(3, 'me', 0), entry(4, 'me', 0)];
    const waiting = { token: 't', conversation: 'cnv_1', text: 'later', at: 0 };
    const rows = lines(rowsOf(messages, [waiting], { ...view, peerRead: 2 }));
    expect(rows.map(({ state }) => state)).toEqual([undefined, 'read', undefined, 'sent', 'waiting']);
  });

  test('older messages that are loaded change no row that was there', () => {
    const all = [entry(1, 'you', 0), entry(2, 'you', 0), entry(3, 'you', 0), entry(4, 'me', 9 * minute)];
    const half = rowsOf(all.slice(1), [], { ...view, complete: false });
    expect(half.map(({ key }) => key)).toEqual(['entry 3', 'time entry 4', 'entry 4']);
    expect(rowsOf(all, [], view).slice(-half.length)).toEqual(half);
  });

  test('messages of others have no state, and keys are unique', () => {
    const rows = rowsOf([entry(1, 'you', 0), entry(2, 'you', 9 * minute)], [], { ...view, unreadAfter: 0 });
    expect(lines(rows).every(({ state }) => state === undefined)).toBe(true);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    expect(rows[0]?.kind).toBe('start');
  });

  test('only messages are rows, with what became of them', () => {
    const items: Entry[] = [
      { ...entry(4, 'you', 0), state: 'edited', target: 2 },
      { ...entry(5, 'me', 0), kind: 'edit', target: 4 },
      { ...entry(6, 'me', 0), kind: 'reaction', target: 4, text: '👍' },
      { ...entry(7, 'me', 0), target: 4 },
    ];
    const liked = { number: 4, emoji: '👍', count: 1, mine: true };
    const [one, other, ...rest] = lines(rowsOf(items, [{ token: 't', conversation: 'cnv_1', text: 'later', quote: 7, at: 0 }], view, [liked], [entry(2, 'me', 0)]));
    expect(one).toMatchObject({ message: items[0], quoted: entry(2, 'me', 0), reactions: [liked] });
    expect(other).toMatchObject({ quoted: items[0], reactions: [] });
    expect(rest.map(({ text, quoted }) => [text, quoted])).toEqual([['later', items[3]]]);
  });

  test('what was taken back stands between two runs', () => {
    const items: Entry[] = [entry(1, 'you', 0), { ...entry(2, 'you', 0), state: 'recalled', text: '' }, entry(3, 'you', 0)];
    const rows = rowsOf(items, [], view);
    expect(rows.map(({ kind }) => kind)).toEqual(['start', 'time', 'line', 'recalled', 'line']);
    expect(lines(rows).map(({ begins, ends }) => [begins, ends])).toEqual([
      [true, true],
      [true, true],
    ]);
  });
});
