// Messages on their way. Each keeps its token until the server has answered, so trying again never doubles one.
import { Refusal } from '../../lib/http';
import { keepForVisit, keptForVisit } from '../../lib/store';
import type { Sent } from '../../wire';

export interface Outgoing {
  token: string;
  conversation: string;
  text: string;
  quote?: number | undefined;
  at: number;
  failed?: Refusal | undefined;
  landed?: boolean; // already among the entries, its answer still on the way
}

type Send = (message: Outgoing) => Promise<Sent>;
type Done = (message: Outgoing, sent: Sent) => void;

const pauses = [1000, 2000, 4000, 8000, 15_000];
const patienceWithServer = 3;
const none: readonly Outgoing[] = [];

export class Outbox {
  private readonly send: Send;
  private readonly done: Done;
  private messages: readonly Outgoing[];
  private byConversation = new Map<string, readonly Outgoing[]>();
  private readonly busy = new Set<string>();
  private wake = new Set<() => void>();
  private readonly watchers = new Set<() => void>();

  constructor(send: Send, done: Done) {
    this.send = send;
    this.done = done;
    this.messages = saved();
    for (const { conversation } of this.messages) void this.pump(conversation);
  }

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  of(conversation: string): readonly Outgoing[] {
    let found = this.byConversation.get(conversation);
    if (!found) {
      found = this.messages.filter((message) => message.conversation === conversation && !message.landed);
      this.byConversation.set(conversation, found.length ? found : (found = none));
    }
    return found;
  }

  add(conversation: string, text: string, quote?: number): void {
    const message = { token: crypto.randomUUID(), conversation, text, quote, at: Date.now() };
    this.change([...this.messages, message]);
    void this.pump(conversation);
  }

  again(token: string): void {
    const message = this.messages.find((one) => one.token === token);
    if (!message) return;
    this.change(this.messages.map((one) => (one === message ? { ...one, failed: undefined } : one)));
    void this.pump(message.conversation);
  }

  discard(token: string): void {
    this.change(this.messages.filter((message) => message.token !== token));
  }

  // The event of a message can come before its answer; it must not stand there twice meanwhile.
  landed(conversation: string, text: string): void {
    const message = this.of(conversation).find((one) => one.text === text && !one.failed);
    if (message) this.change(this.messages.map((one) => (one === message ? { ...one, landed: true } : one)));
  }

  // The connection is back: whoever waits for the next try need not wait longer.
  hurry = (): void => {
    for (const wake of this.wake) wake();
  };

  clear(): void {
    this.change([]);
  }

  // One at a time in each conversation, so that messages arrive in the order they were written.
  private async pump(conversation: string): Promise<void> {
    if (this.busy.has(conversation)) return;
    this.busy.add(conversation);
    for (let next = this.next(conversation); next; next = this.next(conversation)) await this.deliver(next);
    this.busy.delete(conversation);
  }

  private next(conversation: string): Outgoing | undefined {
    return this.messages.find((message) => message.conversation === conversation && !message.failed);
  }

  private async deliver(message: Outgoing): Promise<void> {
    for (let tries = 1; this.messages.includes(message); ++tries) {
      try {
        const sent = await this.send(message);
        this.done(message, sent);
        this.discard(message.token);
        return;
      } catch (error) {
        const refusal = error instanceof Refusal ? error : new Refusal(500, { code: 'client.broken', message: String(error), values: {} });
        if (!refusal.passing || (refusal.status !== 0 && tries >= patienceWithServer)) {
          this.change(this.messages.map((one) => (one.token === message.token ? { ...one, failed: refusal } : one)));
          return;
        }
        await this.rest(pauses[Math.min(tries, pauses.length) - 1] ?? 15_000);
      }
    }
  }

  private rest(pause: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.wake.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, pause);
      this.wake.add(wake);
    });
  }

  private change(messages: readonly Outgoing[]): void {
    this.messages = messages;
    this.byConversation = new Map();
    keepForVisit('outbox', messages.length ? messages.map((message) => ({ ...message, failed: undefined })) : undefined);
    for (const watcher of this.watchers) watcher();
  }
}

function saved(): Outgoing[] {
  const kept = keptForVisit('outbox');
  return Array.isArray(kept) ? (kept as Outgoing[]) : [];
}
