import { describe, expect, test } from 'vitest';
import { colours, type Look } from './theme';
import { tints } from './tints';

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const pairs = [
  ...['text', 'muted'].flatMap((ink) => ['page', 'pane', 'hover', 'selected', 'own', 'other', 'rail', 'notice'].map((paper) => [ink, paper])),
  ...['primary', 'danger', 'warning', 'success'].flatMap((ink) => ['page', 'pane', 'hover', 'rail'].map((paper) => [ink, paper])),
  ...['own', 'other', 'pane'].map((paper) => ['link', paper]),
  ...['primary-fill', 'primary-press', 'danger-fill'].map((paper) => ['on-fill', paper]),
] as [string, string][];

describe.each(['light', 'dark'] as Look[])('%s', (look) => {
  test.each(pairs)('%s on %s can be read', (ink, paper) => {
    expect(contrast(colours[look][ink] ?? '', colours[look][paper] ?? '')).toBeGreaterThanOrEqual(4.5);
  });
  test('has every token that the other look has, measures apart', () => {
    const names = Object.keys(colours.light);
    expect(Object.keys(colours[look]).sort()).toEqual(names.sort());
  });
});

test.each(tints)('white letters on %s can be read', (tint) => expect(contrast('#ffffff', tint)).toBeGreaterThanOrEqual(4.5));
