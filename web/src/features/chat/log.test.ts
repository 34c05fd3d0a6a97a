import { describe, expect, test } from 'vitest';
import type { ChatEvent, Entries, Entry } from '../../wire';
import { applyToEntries, extend, hasGap, hasOlder } from './log';

const entry = (number: number, more: Partial<Entry> = {}): Entry => ({ number, kind: 'message', author: 'you', at: number, text: `${number}`, target: null, state: null, ...more });
const event = (entry: Entry): ChatEvent => ({ event: 'chat.entry', body: { conversation: 'cnv_1', entry } });
const log = (from: number, to: number, head = to): Entries => ({
  items: Array.from({ length: to - from + 1 }, (_, index) => entry(from + index)),
  quoted: [],
  reactions: [],
  first: 1,
  head,
});
const after = (log: Entries, ...entries: Entry[]) => entries.reduce((state, entry) => applyToEntries(state, 'cnv_1', event(entry), 'me'), log);
const edit = (number: number, target: number, text: string) => entry(number, { kind: 'edit', target, text });
const recall = (number: number, target: number) => entry(number, { kind: 'recall', target, text: '' });
const reaction = (number: number, target: number, author: string, emoji = '👍') => entry(number, { kind: 'reaction', target, author, text: emoji });
const removed = (number: number, target: number, author: string) => entry(number, { kind: 'reaction_removed', target, author, text: '👍' });
const recalled = { text: '', target: null, state: 'recalled' } as const;

describe('a log whose events went missing', () => {
  test('knows that it has a gap, and closes it with what is fetched', () => {
    const behind = after(log(1, 3), entry(6));
    expect(hasGap(behind)).toBe(true);
    expect(behind.items).toHaveLength(3);
    expect(extend(behind, [log(4, 6)], 'me')).toEqual(log(1, 6));
  });

  test('an entry that comes while the gap is being closed is not lost', () => {
    const half = extend(after(log(1, 3), entry(5), entry(6)), [log(4, 5)], 'me');
    expect(hasGap(half)).toBe(true);
    expect(extend(half, [log(6, 6)], 'me')).toEqual(log(1, 6));
  });

  test('grows backwards until the first entry', () => {
    const late = log(4, 6);
    expect(hasOlder(late)).toBe(true);
    const whole = extend(late, [log(1, 3, 6)], 'me');
    expect(whole).toEqual(log(1, 6));
    expect(hasOlder(whole)).toBe(false);
  });

  test('an empty log takes its first entry', () => {
    expect(after({ ...log(1, 0), first: 1, head: 0 }, entry(1))).toEqual(log(1, 1));
  });
});

describe('what becomes of a message', () => {
  test('an edit shows wherever its message is named', () => {
    const now = after(log(1, 1), entry(2, { target: 1 }), edit(3, 1, 'once'), edit(4, 1, 'twice'));
    const message = entry(1, { text: 'twice', state: 'edited' });
    expect(now.items).toEqual([message, entry(2, { target: 1 }), edit(3, 1, 'twice'), edit(4, 1, 'twice')]);
    expect(now.quoted).toEqual([message]);
  });

  test('a recall leaves no words, quotes or reactions', () => {
    const now = after(log(1, 1), entry(2, { target: 1 }), edit(3, 2, 'once'), reaction(4, 2, 'me'), recall(5, 2));
    expect(now.items.slice(1, 3)).toEqual([entry(2, recalled), edit(3, 2, '')]);
    expect(now.quoted).toEqual([]);
    expect(now.reactions).toEqual([]);
  });

  test('what is quoted stays, recalled, as long as somebody quotes it', () => {
    expect(after(log(1, 1), entry(2, { target: 1 }), recall(3, 1)).quoted).toEqual([entry(1, recalled)]);
  });

  test('a quote of what is not loaded is fetched', () => {
    const behind = after(log(5, 6), entry(7, { target: 2 }));
    expect(hasGap(behind)).toBe(true);
    const page = { ...log(7, 7), items: [entry(7, { target: 2 })], quoted: [entry(2)] };
    expect(extend(behind, [page], 'me')).toEqual({ ...log(5, 6, 7), items: [entry(5), entry(6), entry(7, { target: 2 })], quoted: [entry(2)] });
  });

  test('reactions are counted, in one order, and go with the last', () => {
    const two = after(log(1, 1), reaction(2, 1, 'you'), reaction(3, 1, 'me'), reaction(4, 1, 'me', '❤️'));
    expect(two.reactions).toEqual([
      { number: 1, emoji: '❤️', count: 1, mine: true },
      { number: 1, emoji: '👍', count: 2, mine: true },
    ]);
    const one = after(two, removed(5, 1, 'me'));
    expect(one.reactions[1]).toEqual({ number: 1, emoji: '👍', count: 1, mine: false });
    expect(after(one, removed(6, 1, 'you')).reactions).toHaveLength(1);
    expect(after(log(5, 5), reaction(6, 1, 'you')).reactions).toEqual([]);
  });
});

describe('pages that tell of what came after them', () => {
  test('change what was loaded before', () => {
    const pages = [{ ...log(4, 5, 5), items: [edit(4, 1, 'now'), reaction(5, 2, 'you')] }];
    const now = extend(after(log(1, 3), entry(5)), pages, 'me');
    expect(now.items[0]).toEqual(entry(1, { text: 'now', state: 'edited' }));
    expect(now.reactions).toEqual([{ number: 2, emoji: '👍', count: 1, mine: false }]);
  });

  test('count a reaction once, whichever page knew of it', () => {
    const counted = { number: 2, emoji: '👍', count: 1, mine: false };
    const first = { ...log(2, 2, 3), reactions: [counted] };
    const second = { ...log(3, 4, 4), items: [reaction(3, 2, 'you'), reaction(4, 2, 'me')] };
    expect(extend({ ...log(1, 1), head: 4 }, [first, second], 'me').reactions).toEqual([{ ...counted, count: 2, mine: true }]);
  });

  test('older ones take in what happened since they were asked for', () => {
    const now = after(log(3, 3), recall(4, 1), reaction(5, 2, 'you'));
    const older = { ...log(1, 2, 4), items: [entry(1, recalled), entry(2)] };
    expect(extend(now, [older], 'me').reactions).toEqual([{ number: 2, emoji: '👍', count: 1, mine: false }]);
    expect(extend(now, [log(1, 2, 3)], 'me').items[0]).toEqual(entry(1, recalled));
  });
});
