import { beforeEach, describe, expect, test } from 'vitest';
import { allow, endVisit, forgetEverything, keepForVisit, keptForVisit, recall, remember } from './store';

beforeEach(() => {
  forgetEverything();
  localStorage.clear();
  sessionStorage.clear();
});

const names = () => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort();

describe('what the device remembers', () => {
  test('nothing before the policy is accepted', () => {
    remember('language', 'en');
    keepForVisit('outbox', ['hello']);
    expect(recall('language')).toBe('en');
    expect(names()).toEqual([]);
  });

  test('then what was chosen while reading, and what comes after', () => {
    remember('language', 'en');
    allow('hash');
    remember('theme', 'dark');
    keepForVisit('outbox', ['hello']);
    expect(names()).toEqual(['carillon.language', 'carillon.policy', 'carillon.theme', 'carillon.visit.outbox']);
    expect(keptForVisit('outbox')).toEqual(['hello']);
    endVisit();
    expect(names()).toEqual(['carillon.language', 'carillon.policy', 'carillon.theme']);
  });

  test('and nothing again after declining', () => {
    allow('hash');
    remember('theme', 'dark');
    keepForVisit('outbox', ['hello']);
    localStorage.setItem('somebody.else', '1');
    forgetEverything();
    remember('theme', 'light');
    expect(names()).toEqual(['somebody.else']);
  });

  test('a value that cannot be read counts as none', () => {
    allow('hash');
    localStorage.setItem('carillon.listWidth', '{');
    expect(recall('listWidth')).toBeUndefined();
  });
});
