import { afterEach, describe, expect, test, vi } from 'vitest';
import { get, post, watchRefusals } from './http';

const answering = (status: number, body: string) => vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(body, { status }));
afterEach(() => vi.restoreAllMocks());

describe('a request', () => {
  test('carries its parameters in the address, or its body as JSON', async () => {
    const fetched = answering(200, '{"items":[]}');
    await get('/directory/members', { query: '王 芳', unit: undefined, after: '', limit: 5 });
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/directory/members?query=%E7%8E%8B+%E8%8A%B3&limit=5');
    await post('/chat/messages', { text: 'hi' });
    expect(fetched.mock.calls[1]?.[1]).toMatchObject({ method: 'POST', body: '{"text":"hi"}' });
  });

  test('a refusal has its code, field and values, and is heard by those who watch', async () => {
    answering(429, '{"code":"identity.too_many_tries","message":"Wait","field":"login","values":{"seconds":"30"}}');
    const heard = vi.fn();
    const stop = watchRefusals(heard);
    const refusal = { status: 429, code: 'identity.too_many_tries', field: 'login', values: { seconds: '30' }, passing: true };
    await expect(get('/x')).rejects.toMatchObject(refusal);
    expect(heard).toHaveBeenCalledTimes(1);
    stop();
    await expect(get('/x')).rejects.toThrow();
    expect(heard).toHaveBeenCalledTimes(1);
  });

  test('an answer that is not ours, and no answer at all, are refusals too', async () => {
    answering(502, '<html>');
    await expect(get('/x')).rejects.toMatchObject({ status: 502, code: 'client.unreadable', passing: true });
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('failed'));
    await expect(get('/x')).rejects.toMatchObject({ status: 0, code: 'client.unreachable', passing: true });
  });
});
