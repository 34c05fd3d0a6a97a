import { describe, expect, test } from 'vitest';
import type { ChatEvent, Conversation, Entry } from '../../wire';
import { apply, applyToConversation, applyToList, leavesDoubt } from './apply';

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

const conversation: Conversation = {
  id: 'cnv_1', kind: 'direct', peer: 'you', at: 1, first: 1, head: 4, read: 1, peer_read: 0, unread: 2,
  last: { number: 3, kind: 'message', author: 'you', at: 1, text: 'third', target: null, state: null },
};
const entry = (kind: Entry['kind'], number: number, target: number, author = 'you'): ChatEvent => ({
  event: 'chat.entry',
  body: { conversation: 'cnv_1', entry: { number, kind, author, at: 9, text: kind === 'edit' ? 'now' : '', target, state: null } },
});
const read = (number: number): ChatEvent => ({ event: 'chat.read', body: { conversation: 'cnv_1', member: 'me', number } });
const after = (event: ChatEvent) => applyToConversation(conversation, event, 'me');

describe('a conversation in the list', () => {
  test('says what its last message says now, and stays where it is', () => {
    expect(after(entry('edit', 5, 3))).toEqual({ ...conversation, head: 5, last: { ...conversation.last, text: 'now', state: 'edited' } });
    expect(after(entry('edit', 5, 2))).toEqual({ ...conversation, head: 5 });
    const other = { ...conversation, id: 'cnv_2' };
    expect(applyToList({ items: [other, conversation] }, entry('reaction', 5, 3), 'me').items).toEqual([other, { ...conversation, head: 5 }]);
  });

  test('counts a message that was taken back as unread no more, if it was', () => {
    expect(after(entry('recall', 5, 3)).unread).toBe(1);
    expect(after(entry('recall', 5, 3)).last).toMatchObject({ text: '', state: 'recalled' });
    expect(after(entry('recall', 5, 1)).unread).toBe(2);
    expect(after(entry('recall', 5, 2, 'me')).unread).toBe(2);
  });

  test('is in doubt when an event does not tell all', () => {
    const doubt = (event: ChatEvent, now = conversation) => leavesDoubt(now, event, 'me');
    expect(doubt(entry('message', 5, 0))).toBe(false);
    expect(doubt(entry('message', 6, 0))).toBe(true);
    expect(doubt(entry('recall', 5, 3))).toBe(false);
    expect(doubt(entry('recall', 5, 3), { ...conversation, unread: 100 })).toBe(true);
    expect(doubt(read(2))).toBe(true);
    expect(doubt(read(4))).toBe(false);
  });
});
