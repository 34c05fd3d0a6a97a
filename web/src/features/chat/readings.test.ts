import { beforeEach, expect, test, vi } from 'vitest';
import { Refusal, unreachable } from '../../lib/http';
import { Readings } from './readings';

const send = vi.fn<(conversation: string, number: number) => Promise<unknown>>();
beforeEach(() => {
  vi.useFakeTimers();
  send.mockReset().mockResolvedValue({});
});

test('many numbers in a moment are one report, the highest', async () => {
  const readings = new Readings(send);
  for (const number of [1, 3, 2]) readings.report('cnv_1', number);
  readings.report('cnv_2', 9);
  await vi.advanceTimersByTimeAsync(1000);
  expect(send.mock.calls).toEqual([
    ['cnv_1', 3],
    ['cnv_2', 9],
  ]);
});

test('a report that did not arrive is made again, unless it was refused', async () => {
  const readings = new Readings(send);
  send.mockRejectedValueOnce(unreachable());
  readings.report('cnv_1', 4);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(send.mock.calls).toEqual([
    ['cnv_1', 4],
    ['cnv_1', 4],
  ]);
  send.mockClear().mockRejectedValue(new Refusal(404, { code: 'chat.no_conversation', message: 'No', values: {} }));
  readings.report('cnv_1', 5);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(send).toHaveBeenCalledTimes(1);
});
