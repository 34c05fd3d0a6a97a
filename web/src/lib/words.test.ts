import { describe, expect, test } from 'vitest';
import errorsEn from './words/errors.en.json';
import errorsZh from './words/errors.zh-CN.json';
import en from './words/en.json';
import zh from './words/zh-CN.json';

// English tells one from many, Chinese does not.
const singular = (key: string) => key.replace(/_(one|other)$/, '');
const keys = (book: Record<string, string>) => [...new Set(Object.keys(book).map(singular))].sort();
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe.each([
  ['words', zh, en],
  ['errors', errorsZh, errorsEn],
] as [string, Record<string, string>, Record<string, string>][])('%s', (_, chinese, english) => {
  test('both languages say the same things', () => expect(keys(english)).toEqual(keys(chinese)));

  test('with the same values in them, and nothing empty', () => {
    for (const [key, text] of Object.entries(english)) {
      const other = chinese[key] ?? chinese[`${singular(key)}_other`] ?? '';
      expect([key, holes(text)]).toEqual([key, holes(other)]);
      expect(text.trim()).not.toBe('');
      expect(other.trim()).not.toBe('');
    }
  });

  test('without exclamation marks', () => {
    for (const text of [...Object.values(english), ...Object.values(chinese)]) expect(text).not.toMatch(/[!！]/);
  });
});

test('a Chinese sentence addresses people politely', () => {
  for (const text of [...Object.values(zh), ...Object.values(errorsZh)]) expect(text).not.toMatch(/你(?!好)/);
});

const sources = import.meta.glob('../**/*.{ts,tsx}', { eager: true, query: '?raw', import: 'default' });
test('every word is used', () => {
  const used = Object.values(sources).join('\n');
  const unused = keys(zh).filter((key) => !used.includes(`'${key}'`) && !key.match(/^me\.(administrator|auditor|security)$/));
  expect(unused).toEqual([]);
});
