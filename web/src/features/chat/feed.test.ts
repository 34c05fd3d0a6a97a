import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Conversation, Entries, Entry, Page } from '../../wire';
import { Feed } from './feed';
import { conversationPath, entriesPath, keyOf, listPath } from './queries';

const entry = (number: number): Entry => ({ number, kind: 'message', author: 'mbr_2', at: number, text: `${number}`, target: null, state: null });
const entries = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => entry(from + index));

// A server with one conversation, of which it answers what is asked.
class Server {
  head = 3;
  read = 0;
  others: string[] = []; // older conversations
  asked: string[] = [];
  conversation = (): Conversation => ({
    id: 'cnv_1', kind: 'direct', peer: 'mbr_2', at: this.head, last: entry(this.head), first: 1, head: this.head, read: this.read, peer_read: this.head, unread: this.head - this.read,
  });
  answer(url: string): unknown {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const path = pathname.replace('/api', '');
    this.asked.push(path);
    if (path === '/chat/heads') {
      const older = this.others.map((conversation) => ({ conversation, head: 1, read: 0 }));
      return { items: [{ conversation: 'cnv_1', head: this.head, read: 0 }, ...older], next: null };
    }
    if (path === conversationPath('cnv_1')) return this.conversation();
    const after = Number(searchParams.get('after') ?? this.head - 50);
    return { items: entries(Math.max(1, after + 1), Math.min(this.head, after + 100)), quoted: [], reactions: [], first: 1, head: this.head };
  }
}

let server: Server;
let client: QueryClient;
let feed: Feed;
const log = () => client.getQueryData<Entries>(keyOf(entriesPath('cnv_1')));
const list = () => client.getQueryData<Page<Conversation>>(keyOf(listPath));
const quiet = () => vi.waitFor(() => expect(client.isFetching()).toBe(0));

beforeEach(() => {
  server = new Server();
  vi.spyOn(globalThis, 'fetch').mockImplementation((url) => Promise.resolve(Response.json(server.answer(url as string))));
  client = new QueryClient();
  feed = new Feed(client, 'mbr_1');
  client.setQueryData(keyOf(listPath), { items: [server.conversation()], next: null });
  client.setQueryData(keyOf(entriesPath('cnv_1')), { items: entries(1, 3), quoted: [], reactions: [], first: 1, head: 3 });
});

describe('keeping current', () => {
  test('an event needs no request', async () => {
    feed.hear({ event: 'chat.entry', body: { conversation: 'cnv_1', entry: entry(4) } });
    await quiet();
    expect(log()?.items.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(list()?.items[0]?.head).toBe(4);
    expect(server.asked).toEqual([]);
  });

  test('a gap is fetched, and only the gap', async () => {
    server.head = 7;
    feed.hear({ event: 'chat.entry', body: { conversation: 'cnv_1', entry: entry(7) } });
    await vi.waitFor(() => expect(log()?.items).toEqual(entries(1, 7)));
    await quiet();
    expect(server.asked.sort()).toEqual([conversationPath('cnv_1'), entriesPath('cnv_1')]);
    expect(list()?.items[0]).toEqual(server.conversation());
  });

  test('what was read elsewhere, but not to the end, is counted by the server', async () => {
    server.read = 2;
    feed.hear({ event: 'chat.read', body: { conversation: 'cnv_1', member: 'mbr_1', number: 2 } });
    await vi.waitFor(() => expect(server.asked).toEqual([conversationPath('cnv_1')]));
    await vi.waitFor(() => expect(list()?.items[0]).toEqual(server.conversation()));
  });

  test('an answer that tells of a later number is followed', async () => {
    server.head = 5;
    await feed.reach('cnv_1', 5);
    expect(log()?.items).toEqual(entries(1, 5));
    expect(list()?.items[0]).toEqual(server.conversation());
    server.asked = [];
    await feed.reach('cnv_1', 4);
    expect(server.asked).toEqual([]);
  });

  test('what happens while an answer is on its way is not lost', async () => {
    const key = keyOf(entriesPath('cnv_1'));
    client.removeQueries({ queryKey: key });
    let resolve: (log: Entries) => void = () => undefined;
    const promise = new Promise<Entries>((settle) => (resolve = settle));
    const fetched = client.query({ queryKey: key, queryFn: () => promise });
    feed.hear({ event: 'chat.entry', body: { conversation: 'cnv_1', entry: entry(3) } });
    resolve({ items: entries(1, 2), quoted: [], reactions: [], first: 1, head: 2 });
    await fetched;
    await vi.waitFor(() => expect(log()?.items).toEqual(entries(1, 3)));
  });

  test('after a loss the heads say what is missing', async () => {
    server.head = 120;
    feed.hear({ event: 'net.resync', body: {} });
    await vi.waitFor(() => expect(log()?.items).toEqual(entries(1, 120)));
    expect(list()?.items[0]).toEqual(server.conversation());
  });

  test('nothing missed, nothing fetched but the heads', async () => {
    client.removeQueries({ queryKey: keyOf(entriesPath('cnv_1')) });
    feed.hear({ event: 'net.resync', body: {} });
    await vi.waitFor(() => expect(server.asked).toEqual(['/chat/heads']));
  });

  test('a comparison that fails is made again', async () => {
    vi.useFakeTimers();
    vi.mocked(fetch).mockRejectedValueOnce(new TypeError('offline'));
    server.head = 5;
    feed.hear({ event: 'net.resync', body: {} });
    await vi.advanceTimersByTimeAsync(6000);
    expect(log()?.items).toEqual(entries(1, 5));
    vi.useRealTimers();
  });

  test('what a long list has not loaded is left alone', async () => {
    client.setQueryData(keyOf(listPath), { items: [server.conversation()], next: 'more' });
    client.removeQueries({ queryKey: keyOf(entriesPath('cnv_1')) });
    server.others = ['cnv_8', 'cnv_9'];
    feed.hear({ event: 'net.resync', body: {} });
    await vi.waitFor(() => expect(server.asked).toEqual(['/chat/heads']));
    await quiet();
    expect(list()?.items).toHaveLength(1);
  });

  test('a conversation never heard of comes to the top of the list', async () => {
    client.setQueryData(keyOf(listPath), { items: [], next: null });
    feed.hear({ event: 'chat.entry', body: { conversation: 'cnv_1', entry: entry(3) } });
    await vi.waitFor(() => expect(list()?.items.map(({ id }) => id)).toEqual(['cnv_1']));
  });
});
