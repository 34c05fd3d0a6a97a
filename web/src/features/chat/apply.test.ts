import { describe, expect, test } from 'vitest';
import type { ChatEvent, Entries, Entry } from '../../wire';
import { apply, applyToEntries, extend, hasGap, hasOlder } from './apply';

interface Fixture {
  path: string;
  me: string; // who asked
  before: unknown;
  events: ChatEvent[];
  after: unknown;
}

const fixtures = Object.entries(import.meta.glob<Fixture>('./fixtures/*.json', { eager: true, import: 'default' }));

describe('applying the events equals fetching again', () => {
  test('there are recordings', () => expect(fixtures.length).toBeGreaterThan(1));
  test.each(fixtures)('%s', (_, { path, me, before, events, after }) => {
    const frozen = structuredClone(before);
    const answer = events.reduce((state, event) => apply(path.split('?')[0] ?? '', state, event, me), before);
    expect(answer).toEqual(after);
    expect(before).toEqual(frozen);
  });
});

const entry = (number: number): Entry => ({ number, kind: 'message', author: 'mbr_1', at: number, text: `${number}` });
const event = (number: number): ChatEvent => ({ event: 'chat.entry', body: { conversation: 'cnv_1', entry: entry(number) } });
const log = (from: number, to: number, head = to): Entries => ({
  items: Array.from({ length: to - from + 1 }, (_, index) => entry(from + index)),
  first: 1,
  head,
});

describe('a log whose events went missing', () => {
  test('knows that it has a gap, and closes it with what is fetched', () => {
    const behind = applyToEntries(log(1, 3), 'cnv_1', event(6));
    expect(hasGap(behind)).toBe(true);
    expect(behind.items).toHaveLength(3);
    expect(extend(behind, log(4, 6))).toEqual(log(1, 6));
  });

  test('an entry that comes while the gap is being closed is not lost', () => {
    const behind = applyToEntries(applyToEntries(log(1, 3), 'cnv_1', event(5)), 'cnv_1', event(6));
    const half = extend(behind, log(4, 5));
    expect(hasGap(half)).toBe(true);
    expect(extend(half, log(6, 6))).toEqual(log(1, 6));
  });

  test('grows backwards until the first entry', () => {
    const late = log(4, 6);
    expect(hasOlder(late)).toBe(true);
    const whole = extend(late, log(1, 3, 6));
    expect(whole).toEqual(log(1, 6));
    expect(hasOlder(whole)).toBe(false);
  });

  test('an empty log takes its first entry', () => {
    expect(applyToEntries({ items: [], first: 1, head: 0 }, 'cnv_1', event(1))).toEqual(log(1, 1));
  });
});
