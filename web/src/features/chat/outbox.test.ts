import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Refusal, unreachable } from '../../lib/http';
import { allow, forgetEverything } from '../../lib/store';
import type { Sent } from '../../wire';
import { Outbox, type Outgoing } from './outbox';

const sent = (number: number): Sent => ({ number, at: number });
const refused = new Refusal(422, { code: 'request.too_long', message: 'Too long', values: {} });
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  forgetEverything();
});

describe('messages on their way', () => {
  test('leave one after the other, in the order they were written', async () => {
    const answers: ((sent: Sent) => void)[] = [];
    const asked: string[] = [];
    const outbox = new Outbox(
      ({ text }) => new Promise((resolve) => (asked.push(text), answers.push(resolve))),
      () => undefined,
    );
    outbox.add('cnv_1', 'one');
    outbox.add('cnv_1', 'two');
    outbox.add('cnv_2', 'elsewhere');
    expect(asked).toEqual(['one', 'elsewhere']);
    expect(outbox.of('cnv_1').map(({ text }) => text)).toEqual(['one', 'two']);
    answers[0]?.(sent(1));
    await settled();
    expect(asked).toEqual(['one', 'elsewhere', 'two']);
    expect(outbox.of('cnv_1').map(({ text }) => text)).toEqual(['two']);
  });

  test('a lost network is waited out with the same token', async () => {
    const tokens: string[] = [];
    const done = vi.fn();
    const send = (message: Outgoing) => {
      tokens.push(message.token);
      return tokens.length < 4 ? Promise.reject(unreachable()) : Promise.resolve(sent(1));
    };
    const outbox = new Outbox(send, done);
    outbox.add('cnv_1', 'patience');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tokens).toHaveLength(4);
    expect(new Set(tokens).size).toBe(1);
    expect(done).toHaveBeenCalledTimes(1);
    expect(outbox.of('cnv_1')).toEqual([]);
  });

  test('when the connection is back nobody waits', async () => {
    let online = false;
    const outbox = new Outbox(() => (online ? Promise.resolve(sent(1)) : Promise.reject(unreachable())), vi.fn());
    outbox.add('cnv_1', 'now');
    await settled();
    online = true;
    outbox.hurry();
    await settled();
    expect(outbox.of('cnv_1')).toEqual([]);
  });

  test('a refusal is final until somebody tries again, and holds nobody else up', async () => {
    const send = vi.fn<(message: Outgoing) => Promise<Sent>>();
    send.mockRejectedValueOnce(refused).mockResolvedValue(sent(1));
    const outbox = new Outbox(send, vi.fn());
    outbox.add('cnv_1', 'bad');
    outbox.add('cnv_1', 'good');
    await settled();
    const [failed] = outbox.of('cnv_1');
    expect(outbox.of('cnv_1')).toHaveLength(1);
    expect(failed?.failed).toBe(refused);
    outbox.again(failed?.token ?? '');
    await settled();
    expect(outbox.of('cnv_1')).toEqual([]);
    expect(send.mock.calls[2]?.[0].token).toBe(send.mock.calls[0]?.[0].token);
  });

  test('a server in trouble is asked three times', async () => {
    const trouble = new Refusal(503, { code: 'server.busy', message: 'Busy', values: {} });
    const send = vi.fn<(message: Outgoing) => Promise<Sent>>().mockRejectedValue(trouble);
    const outbox = new Outbox(send, vi.fn());
    outbox.add('cnv_1', 'hello');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(send).toHaveBeenCalledTimes(3);
    expect(outbox.of('cnv_1')[0]?.failed).toBe(trouble);
  });

  test('what was under way survives a reload with its token', async () => {
    allow('hash');
    const before = new Outbox(() => new Promise(() => undefined), vi.fn());
    before.add('cnv_1', 'kept');
    const token = before.of('cnv_1')[0]?.token;
    const send = vi.fn<(message: Outgoing) => Promise<Sent>>().mockResolvedValue(sent(1));
    const after = new Outbox(send, vi.fn());
    expect(after.of('cnv_1')[0]?.token).toBe(token);
    await settled();
    expect(send.mock.calls[0]?.[0].token).toBe(token);
    expect(sessionStorage.getItem('carillon.visit.outbox')).toBeNull();
  });

  test('a message whose event came before its answer does not stand there twice', () => {
    const outbox = new Outbox(() => new Promise(() => undefined), vi.fn());
    outbox.add('cnv_1', 'twice');
    outbox.add('cnv_1', 'twice');
    outbox.landed('cnv_1', 'twice');
    expect(outbox.of('cnv_1')).toHaveLength(1);
  });
});
