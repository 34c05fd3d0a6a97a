import { describe, expect, test } from 'vitest';
import { clock, daysAgo, fully, shortly } from './time';

const shanghai = (text: string) => Date.parse(`${text}+08:00`);
const now = shanghai('2026-11-24T10:00:00');

describe('times as people say them', () => {
  test.each([
    ['2026-11-24T09:05:00', '09:05', '09:05'],
    ['2026-11-24T00:01:00', '00:01', '00:01'],
    ['2026-11-23T23:59:00', '昨天', 'Yesterday'],
    ['2026-11-22T12:00:00', '11月22日', 'Nov 22'],
    ['2025-12-31T12:00:00', '2025年12月31日', 'Dec 31, 2025'],
  ])('%s in a list', (at, zh, en) => {
    expect(shortly(shanghai(at), 'zh-CN', now)).toBe(zh);
    expect(shortly(shanghai(at), 'en', now)).toBe(en);
  });

  test('between messages the day and the time', () => {
    expect(fully(shanghai('2026-11-24T14:05:00'), 'zh-CN', now)).toBe('今天 14:05');
    expect(fully(shanghai('2026-11-23T08:00:00'), 'en', now)).toBe('Yesterday 08:00');
    expect(fully(shanghai('2026-10-01T08:00:00'), 'zh-CN', now)).toBe('10月1日 08:00');
  });

  test('days are counted in the zone of the organisation', () => {
    expect(daysAgo(Date.parse('2026-11-23T15:59:00Z'), Date.parse('2026-11-23T16:01:00Z'))).toBe(1);
    expect(clock(Date.parse('2026-11-23T16:01:00Z'), 'zh-CN')).toBe('00:01');
  });
});
