// One live connection: events in, requests and their answers, and a fresh start after every loss.
import type { WireEvent } from '../wire';
import { late, refusalFrom, unreachable, type Input, type Method } from './http';

export type SocketStatus = 'closed' | 'connecting' | 'open';

interface Waiting {
  resolve: (body: unknown) => void;
  reject: (reason: unknown) => void;
  timer: ReturnType<typeof setTimeout>;
}

type Frame = WireEvent | { id: number; status: number; body: unknown };

const patience = 15_000;
const probe = 5000;
const quiet = 70_000; // the server is heard at least once a minute
const longest = 30_000;

export class Socket {
  private readonly connect: () => WebSocket;
  private line: WebSocket | undefined;
  private wanted = false;
  private attempts = 0;
  private nextId = 1;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting = new Map<number, Waiting>();
  private readonly hearers = new Set<(event: WireEvent) => void>();
  private readonly watchers = new Set<() => void>();
  private readonly mourners = new Set<() => void>();
  status: SocketStatus = 'closed';

  constructor(connect: () => WebSocket) {
    this.connect = connect;
  }

  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    this.attempts = 0;
    this.open();
  }

  stop(): void {
    this.wanted = false;
    this.drop();
    this.move('closed');
  }

  // Somebody came back, or the network did: no reason to sit out the pause, and an open connection may have died meanwhile.
  hurry(): void {
    if (!this.wanted) return;
    if (this.status === 'open') return this.question(probe);
    this.attempts = 0;
    this.open();
  }

  ask<Out>(method: Method, path: string, body: Input = {}, limit = patience): Promise<Out> {
    const line = this.line;
    if (this.status !== 'open' || !line) return Promise.reject(unreachable());
    const id = this.nextId++;
    return new Promise<Out>((resolve, reject) => {
      const timer = setTimeout(() => this.settle(id)?.reject(late()), limit);
      this.waiting.set(id, { resolve: resolve as (body: unknown) => void, reject, timer });
      line.send(JSON.stringify({ id, [method]: path, body }));
    });
  }

  onEvent(hearer: (event: WireEvent) => void): () => void {
    this.hearers.add(hearer);
    return () => this.hearers.delete(hearer);
  }

  onStatus = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  // Each time the line was lost or could not be opened, though it is wanted.
  onLoss(mourner: () => void): () => void {
    this.mourners.add(mourner);
    return () => this.mourners.delete(mourner);
  }

  private open(): void {
    this.drop();
    this.move('connecting');
    const line = this.connect();
    this.line = line;
    line.onopen = () => {
      this.attempts = 0;
      this.move('open');
      this.listen();
      // What happened meanwhile was not heard, so a new connection begins by comparing.
      this.tell({ event: 'net.resync', body: {} });
    };
    line.onmessage = (message) => this.hear(String(message.data));
    line.onclose = () => this.lost();
  }

  private lost(): void {
    this.drop();
    if (!this.wanted) return;
    this.move('connecting');
    const pause = Math.min(longest, 500 * 2 ** this.attempts++);
    this.timer = setTimeout(() => this.open(), pause * (0.5 + Math.random() / 2));
    for (const mourner of this.mourners) mourner();
  }

  private drop(): void {
    clearTimeout(this.timer);
    const line = this.line;
    this.line = undefined;
    if (line) {
      line.onopen = line.onmessage = line.onclose = null;
      line.close();
    }
    for (const id of [...this.waiting.keys()]) this.settle(id)?.reject(unreachable());
  }

  private hear(text: string): void {
    this.listen();
    const frame = JSON.parse(text) as Frame;
    if ('event' in frame) return this.tell(frame);
    const waiting = this.settle(frame.id);
    if (frame.status < 400) waiting?.resolve(frame.body);
    else waiting?.reject(refusalFrom(frame.status, frame.body));
  }

  // A connection can die without a word. After a long silence one question finds out.
  private listen(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.question(patience), quiet);
  }

  private question(limit: number): void {
    const { line } = this;
    this.ask('get', '/identity/session', {}, limit).catch(() => {
      if (this.line === line && this.status === 'open') this.lost();
    });
  }

  private tell(event: WireEvent): void {
    for (const hearer of this.hearers) hearer(event);
  }

  private settle(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    if (waiting) clearTimeout(waiting.timer);
    this.waiting.delete(id);
    return waiting;
  }

  private move(status: SocketStatus): void {
    if (this.status === status) return;
    this.status = status;
    for (const watcher of this.watchers) watcher();
  }
}

export const socket = new Socket(() => new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/socket`));
