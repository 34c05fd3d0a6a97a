// Keeps every cached answer of this room current: events as they come, and by comparing heads after any loss.
import type { Query, QueryClient } from '@tanstack/react-query';
import { get, Refusal } from '../../lib/http';
import type { ChatEvent, Conversation, Entries, Head, Page, WireEvent } from '../../wire';
import { apply, extend, hasGap, lastNumber } from './apply';
import { conversationPath, entriesPath, heads, keyOf, listPath } from './queries';

const farBehind = 300; // entries beyond this: begin again at the end
const many = 20; // conversations beyond this: fetch the list again
const pause = 5000;

export class Feed {
  private readonly client: QueryClient;
  private readonly me: string;
  private readonly filling = new Set<string>();
  private readonly refreshing = new Map<string, Promise<void>>();
  private catching = false;
  private wanted = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: QueryClient, me: string) {
    this.client = client;
    this.me = me;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  hear = (event: WireEvent): void => {
    if (event.event === 'net.resync') {
      void this.catchUp();
      return;
    }
    if (!isChat(event)) return;
    for (const [key, state] of this.client.getQueriesData({ queryKey: ['chat'] })) {
      const path = key[1];
      if (state === undefined || typeof path !== 'string') continue;
      const after = apply(path, state, event, this.me);
      if (after !== state) this.client.setQueryData(key, after);
    }
    // An answer on its way may have been read before this happened; what an event does twice it does once.
    for (const query of this.client.getQueryCache().findAll({ queryKey: ['chat'], fetchStatus: 'fetching' }))
      query.promise?.then(
        () => this.hear(event),
        () => undefined,
      );
    const id = event.body.conversation;
    const known = this.listed(id) ? Promise.resolve() : this.refresh(id);
    Promise.all([known, this.fill(id)]).catch(() => void this.catchUp());
  };

  // Compares until it has succeeded; whoever asks meanwhile is served by one more round.
  private async catchUp(): Promise<void> {
    this.wanted = true;
    if (this.catching) return;
    this.catching = true;
    clearTimeout(this.timer);
    try {
      while (this.wanted) {
        this.wanted = false;
        await this.compare();
      }
    } catch (error) {
      if (error instanceof Refusal && error.passing) this.timer = setTimeout(() => void this.catchUp(), pause);
    } finally {
      this.catching = false;
    }
  }

  private async compare(): Promise<void> {
    const all = await this.heads();
    const changed = all.filter((head) => this.differs(head));
    this.doubtConversations();
    if (changed.length > many) await this.client.invalidateQueries({ queryKey: keyOf(listPath), exact: true });
    else await Promise.all(changed.map(({ conversation }) => this.refresh(conversation)));
    for (const { conversation, head } of all) {
      const log = this.log(conversation);
      if (log && lastNumber(log) < head) this.client.setQueryData<Entries>(keyOf(entriesPath(conversation)), { ...log, head });
      await this.fill(conversation);
    }
  }

  // The heads of what is listed, and of what is newer; the rest of a long list is not loaded and stays so.
  private async heads(): Promise<Head[]> {
    const all: Head[] = [];
    let after: string | undefined;
    do {
      const page = await heads(after);
      all.push(...page.items);
      after = page.next ?? undefined;
    } while (after !== undefined);
    const list = this.client.getQueryData<Page<Conversation>>(keyOf(listPath));
    const last = all.findLastIndex(({ conversation }) => this.listed(conversation) ?? this.log(conversation));
    return list?.next == null ? all : all.slice(0, last + 1);
  }

  private differs({ conversation, head, read }: Head): boolean {
    const known = this.listed(conversation);
    return !known || known.head !== head || known.read < read || this.watched(conversation);
  }

  // Fetches one conversation and puts it where it belongs.
  private refresh(id: string): Promise<void> {
    let under = this.refreshing.get(id);
    if (!under) {
      under = this.fetch(id).finally(() => this.refreshing.delete(id));
      this.refreshing.set(id, under);
    }
    return under;
  }

  private async fetch(id: string): Promise<void> {
    if (!this.client.getQueryData(keyOf(listPath))) return; // the list is on its way and will hold it
    const fresh = await get<Conversation>(conversationPath(id));
    this.client.setQueryData<Conversation>(keyOf(conversationPath(id)), (known) => newer(known, fresh));
    this.client.setQueryData<Page<Conversation>>(keyOf(listPath), (list) => {
      if (!list) return list;
      const known = list.items.find((item) => item.id === id);
      const items = [newer(known, fresh), ...list.items.filter((item) => item !== known)];
      return { ...list, items: items.sort((one, other) => other.at - one.at) };
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

  // A hint like "read by the other side" has no number in the heads: what is on the screen is fetched again now,
  // anything else when it is next shown.
  private watched(id: string): boolean {
    return this.client.getQueryCache().find({ queryKey: keyOf(entriesPath(id)), exact: true })?.isActive() ?? false;
  }

  private doubtConversations(): void {
    const predicate = ({ queryKey }: Query) => /^\/chat\/conversations\/[^/]+$/.test(String(queryKey[1]));
    void this.client.invalidateQueries({ queryKey: ['chat'], predicate, refetchType: 'none' });
  }

  private listed(id: string): Conversation | undefined {
    return this.client.getQueryData<Page<Conversation>>(keyOf(listPath))?.items.find((item) => item.id === id);
  }

  private log(id: string): Entries | undefined {
    return this.client.getQueryData<Entries>(keyOf(entriesPath(id)));
  }
}

function isChat(event: WireEvent): event is ChatEvent {
  return event.event.startsWith('chat.');
}

// An event may have overtaken the answer.
function newer(known: Conversation | undefined, fresh: Conversation): Conversation {
  return known && known.head > fresh.head ? known : fresh;
}
