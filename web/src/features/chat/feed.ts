// Keeps every cached answer of this room current: events as they come, and by comparing heads after any loss.
import type { QueryClient } from '@tanstack/react-query';
import { get } from '../../lib/http';
import type { Conversation, Entries, Head, Page, WireEvent } from '../../wire';
import { apply, extend, hasGap, lastNumber } from './apply';
import { conversationPath, entriesPath, heads, keyOf, listPath } from './queries';

const farBehind = 300; // beyond this, begin again at the end

export class Feed {
  private readonly client: QueryClient;
  private readonly me: string;
  private readonly filling = new Set<string>();

  constructor(client: QueryClient, me: string) {
    this.client = client;
    this.me = me;
  }

  hear = (event: WireEvent): void => {
    if (event.event === 'net.resync') return void this.resync().catch(() => undefined); // the next tick compares again
    for (const [key, state] of this.client.getQueriesData({ queryKey: ['chat'] })) {
      const path = key[1];
      if (state === undefined || typeof path !== 'string') continue;
      const after = apply(path, state, event, this.me);
      if (after !== state) this.client.setQueryData(key, after);
    }
    const id = event.body.conversation;
    if (!this.listed(id)) void this.refresh(id).catch(() => undefined);
    void this.fill(id).catch(() => undefined);
  };

  private async resync(): Promise<void> {
    let after: string | undefined;
    do {
      const page = await heads(after);
      await Promise.all(page.items.map((head) => this.compare(head)));
      after = page.next ?? undefined;
    } while (after !== undefined);
  }

  private async compare({ conversation, head, read }: Head): Promise<void> {
    const known = this.listed(conversation);
    const log = this.log(conversation);
    if (!known || known.head !== head || known.read < read || this.watched(conversation)) await this.refresh(conversation);
    else this.doubt(conversation);
    if (log && lastNumber(log) < head) {
      this.client.setQueryData<Entries>(keyOf(entriesPath(conversation)), { ...log, head });
      await this.fill(conversation);
    }
  }

  // Fetches one conversation and puts it where it belongs.
  private async refresh(id: string): Promise<void> {
    if (!this.client.getQueryData(keyOf(listPath))) return;
    const fresh = await get<Conversation>(conversationPath(id));
    this.client.setQueryData(keyOf(conversationPath(id)), fresh);
    this.client.setQueryData<Page<Conversation>>(keyOf(listPath), (list) => {
      if (!list) return list;
      const items = [fresh, ...list.items.filter((item) => item.id !== id)];
      return { ...list, items: items.sort((one, other) => (other.last?.at ?? 0) - (one.last?.at ?? 0)) };
    });
  }

  // Numbers make a gap visible; this closes it.
  private async fill(id: string): Promise<void> {
    if (this.filling.has(id)) return;
    this.filling.add(id);
    try {
      for (let log = this.log(id); log && hasGap(log); log = this.log(id)) {
        if (log.head - lastNumber(log) > farBehind) {
          await this.client.resetQueries({ queryKey: keyOf(entriesPath(id)), exact: true });
          return;
        }
        const page = await get<Entries>(entriesPath(id), { after: lastNumber(log), limit: 100 });
        if (page.items.length === 0) return;
        this.client.setQueryData<Entries>(keyOf(entriesPath(id)), (now) => (now ? extend(now, page) : now));
      }
    } finally {
      this.filling.delete(id);
    }
  }

  // A hint like "read by the other side" has no number of its own: what is on the screen is fetched again now,
  // anything else when it is next shown.
  private watched(id: string): boolean {
    return this.client.getQueryCache().find({ queryKey: keyOf(entriesPath(id)), exact: true })?.isActive() ?? false;
  }

  private doubt(id: string): void {
    void this.client.invalidateQueries({ queryKey: keyOf(conversationPath(id)), exact: true, refetchType: 'none' });
  }

  private listed(id: string): Conversation | undefined {
    return this.client.getQueryData<Page<Conversation>>(keyOf(listPath))?.items.find((item) => item.id === id);
  }

  private log(id: string): Entries | undefined {
    return this.client.getQueryData<Entries>(keyOf(entriesPath(id)));
  }
}
