// Keeps every cached answer of this room current: events as they come, and by comparing heads after any loss.
import type { Query, QueryClient } from '@tanstack/react-query';
import { get, Refusal } from '../../lib/http';
import type { ChatEvent, Conversation, Entries, Head, Page, WireEvent } from '../../wire';
import { apply, leavesDoubt } from './apply';
import { extend, hasGap, lastNumber } from './log';
import { conversationPath, entriesPath, heads, keyOf, listPath } from './queries';

const farBehind = 300; // entries beyond this: begin again at the end
const many = 20; // conversations beyond this: fetch the list again
const pause = 5000;

export class Feed {
  private readonly client: QueryClient;
  private readonly me: string;
  private readonly filling = new Map<string, Promise<void>>();
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
    const id = event.body.conversation;
    const before = this.listed(id);
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
    const known = before && !leavesDoubt(before, event, this.me) ? Promise.resolve() : this.refresh(id);
    Promise.all([known, this.fill(id)]).catch(() => void this.catchUp());
  };

  // An answer told of this number, and its event has not come or will not.
  async reach(id: string, number: number): Promise<void> {
    const log = this.log(id);
    if (log && log.head < number) this.client.setQueryData<Entries>(keyOf(entriesPath(id)), { ...log, head: number });
    const behind = (this.listed(id)?.head ?? number) < number;
    await Promise.all([this.fill(id), behind ? this.refresh(id) : undefined]);
  }

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
    let fresh = await get<Conversation>(conversationPath(id));
    // An event has overtaken the answer: what it was applied to was in doubt, so it is asked once more.
    if ((this.listed(id)?.head ?? 0) > fresh.head) fresh = await get<Conversation>(conversationPath(id));
    this.client.setQueryData<Conversation>(keyOf(conversationPath(id)), (known) => newer(known, fresh));
    this.client.setQueryData<Page<Conversation>>(keyOf(listPath), (list) => {
      if (!list) return list;
      const known = list.items.find((item) => item.id === id);
      const items = [newer(known, fresh), ...list.items.filter((item) => item !== known)];
      return { ...list, items: items.sort((one, other) => other.at - one.at) };
    });
  }

  // Numbers make a gap visible; this closes it.
  private fill(id: string): Promise<void> {
    let under = this.filling.get(id);
    if (!under) {
      under = this.fillGaps(id).finally(() => this.filling.delete(id));
      this.filling.set(id, under);
    }
    return under;
  }

  private async fillGaps(id: string): Promise<void> {
    for (let log = this.log(id); log && hasGap(log); log = this.log(id)) {
      if (log.head - lastNumber(log) > farBehind) {
        await this.client.resetQueries({ queryKey: keyOf(entriesPath(id)), exact: true });
        return;
      }
      const pages = await this.after(id, lastNumber(log));
      if (pages.length === 0) return;
      this.client.setQueryData<Entries>(keyOf(entriesPath(id)), (now) => (now ? extend(now, pages, this.me) : now));
    }
  }

  // Everything after a number, to the end: a page alone says of its messages what only later pages explain.
  private async after(id: string, number: number): Promise<Entries[]> {
    const pages: Entries[] = [];
    for (let last = number; ; ) {
      const page = await get<Entries>(entriesPath(id), { after: last, limit: 100 });
      if (page.items.length === 0) return pages;
      pages.push(page);
      last = lastNumber(page);
      if (!hasGap(page)) return pages;
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
