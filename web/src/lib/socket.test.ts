import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WireEvent } from '../wire';
import { Socket } from './socket';

class Line {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  sent: { id: number; get?: string; post?: string; body: unknown }[] = [];
  closed = false;
  send(text: string) {
    this.sent.push(JSON.parse(text) as (typeof this.sent)[number]);
  }
  close() {
    this.closed = true;
  }
  says(frame: unknown) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

let lines: Line[];
let socket: Socket;
const last = () => lines.at(-1) as Line;

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  socket = new Socket(() => {
    lines.push(new Line());
    return last() as unknown as WebSocket;
  });
});
afterEach(() => socket.stop());

describe('the live connection', () => {
  test('gives each request its own answer', async () => {
    socket.start();
    last().onopen?.();
    const one = socket.ask('get', '/one');
    const two = socket.ask('post', '/two', { text: 'hi' });
    expect(last().sent).toEqual([
      { id: 1, get: '/one', body: {} },
      { id: 2, post: '/two', body: { text: 'hi' } },
    ]);
    last().says({ id: 2, status: 200, body: 'second' });
    last().says({ id: 1, status: 404, body: { code: 'chat.no_conversation', message: 'No', values: {} } });
    await expect(two).resolves.toBe('second');
    await expect(one).rejects.toMatchObject({ status: 404, code: 'chat.no_conversation' });
  });

  test('begins every connection by comparing, and passes events on', () => {
    const heard: WireEvent[] = [];
    socket.onEvent((event) => heard.push(event));
    socket.start();
    last().onopen?.();
    last().says({ event: 'chat.read', body: { conversation: 'cnv_1', member: 'mbr_1', number: 3 } });
    last().onclose?.();
    vi.advanceTimersByTime(1000);
    last().onopen?.();
    expect(heard.map(({ event }) => event)).toEqual(['net.resync', 'chat.read', 'net.resync']);
  });

  test('comes back after a loss, ever more patiently, and at once when told that the network is back', () => {
    socket.start();
    for (let loss = 0; loss < 8; ++loss) {
      last().onclose?.();
      vi.advanceTimersByTime(30_000);
    }
    expect(lines).toHaveLength(9);
    last().onclose?.();
    vi.advanceTimersByTime(10_000);
    expect(lines).toHaveLength(9);
    socket.hurry();
    expect(lines).toHaveLength(10);
  });

  test('a request does not outlive its connection, nor wait for ever', async () => {
    socket.start();
    last().onopen?.();
    const lost = socket.ask('get', '/lost');
    last().onclose?.();
    await expect(lost).rejects.toMatchObject({ code: 'client.unreachable' });
    await expect(socket.ask('get', '/closed')).rejects.toMatchObject({ code: 'client.unreachable' });
    vi.advanceTimersByTime(1000);
    last().onopen?.();
    const slow = socket.ask('get', '/slow');
    vi.advanceTimersByTime(15_000);
    await expect(slow).rejects.toMatchObject({ code: 'client.late' });
  });

  test('a silence is questioned, and a dead connection replaced', async () => {
    socket.start();
    last().onopen?.();
    vi.advanceTimersByTime(70_000);
    expect(last().sent).toEqual([{ id: 1, get: '/identity/session', body: {} }]);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(socket.status).toBe('connecting');
    await vi.advanceTimersByTimeAsync(1000);
    expect(lines).toHaveLength(2);
  });

  test('whoever comes back to a connection that died in silence has a new one soon', async () => {
    socket.start();
    last().onopen?.();
    socket.hurry();
    await vi.advanceTimersByTimeAsync(5000);
    expect(socket.status).toBe('connecting');
    await vi.advanceTimersByTimeAsync(1000);
    expect(lines).toHaveLength(2);
    last().onopen?.();
    socket.hurry();
    last().says({ id: last().sent.at(-1)?.id, status: 200, body: {} });
    await vi.advanceTimersByTimeAsync(6000);
    expect(socket.status).toBe('open');
  });

  test('stopping is final', () => {
    socket.start();
    last().onopen?.();
    socket.stop();
    vi.advanceTimersByTime(120_000);
    expect(lines).toHaveLength(1);
    expect(last().closed).toBe(true);
    expect(socket.status).toBe('closed');
  });
});
