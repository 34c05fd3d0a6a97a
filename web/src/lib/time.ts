import { useSyncExternalStore } from 'react';

// Times as people say them, in the organisation's zone.
const zone = 'Asia/Shanghai';
const day = 86_400_000;

type Language = string;

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}|${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(language, { timeZone: zone, ...options })));
  return made;
}
const formats = new Map<string, Intl.DateTimeFormat>();

const calendarDay = (at: number) => format('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

export function clock(at: number, language: Language): string {
  return format(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

// How many calendar days ago: 0 is today.
export function daysAgo(at: number, now: number): number {
  return Math.round((Date.parse(calendarDay(now)) - Date.parse(calendarDay(at))) / day);
}

export function date(at: number, language: Language, now: number): string {
  const thisYear = calendarDay(at).slice(0, 4) === calendarDay(now).slice(0, 4);
  const options: Intl.DateTimeFormatOptions = { month: language === 'en' ? 'short' : 'long', day: 'numeric' };
  return format(language, thisYear ? options : { ...options, year: 'numeric' }).format(at);
}

function dayWord(ago: number, language: Language): string | undefined {
  if (ago !== 0 && ago !== 1) return undefined;
  const word = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-ago, 'day');
  return word.charAt(0).toUpperCase() + word.slice(1);
}

// For a list: 14:05, 昨天, 11月23日.
export function shortly(at: number, language: Language, now: number): string {
  const ago = daysAgo(at, now);
  return ago === 0 ? clock(at, language) : (dayWord(ago, language) ?? date(at, language, now));
}

// Between messages: 今天 14:05, 昨天 14:05, 11月23日 14:05.
export function fully(at: number, language: Language, now: number): string {
  return `${dayWord(daysAgo(at, now), language) ?? date(at, language, now)} ${clock(at, language)}`;
}

const minute = 60_000;
let now = Date.now();
const clocks = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;

function watchClock(clock: () => void): () => void {
  clocks.add(clock);
  ticking ??= setInterval(() => {
    now = Date.now();
    for (const each of clocks) each();
  }, minute);
  return () => {
    clocks.delete(clock);
    if (clocks.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

// The time to the minute, for words like "today" that change by themselves.
export function useNow(): number {
  return useSyncExternalStore(watchClock, () => (ticking === undefined ? (now = roundedNow()) : now));
}

const roundedNow = () => Math.floor(Date.now() / minute) * minute;
