import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { Refusal } from './http';
import { recall, remember } from './store';
import type errorsZh from './words/errors.zh-CN.json';
import type wordsZh from './words/zh-CN.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    keySeparator: false;
    resources: { words: typeof wordsZh; errors: typeof errorsZh };
  }
}

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

const books: Record<Language, () => Promise<[Record<string, unknown>, Record<string, string>]>> = {
  'zh-CN': async () => [(await import('./words/zh-CN.json')).default, (await import('./words/errors.zh-CN.json')).default],
  en: async () => [(await import('./words/en.json')).default, (await import('./words/errors.en.json')).default],
};

export function firstLanguage(): Language {
  return recall('language') ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
}

export const language = () => i18next.language as Language;

async function load(wanted: Language): Promise<void> {
  if (i18next.hasResourceBundle(wanted, 'words')) return;
  const [words, errors] = await books[wanted]();
  i18next.addResourceBundle(wanted, 'words', words);
  i18next.addResourceBundle(wanted, 'errors', errors);
}

// Keys are flat: an error's key is its code, "identity.wrong_password".
export async function startWords(): Promise<void> {
  const wanted = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng: wanted,
    ns: ['words', 'errors'],
    defaultNS: 'words',
    keySeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
    resources: {},
    react: { useSuspense: false },
  });
  await speak(wanted);
}

export async function speak(wanted: Language): Promise<void> {
  await load(wanted);
  await i18next.changeLanguage(wanted);
  document.documentElement.lang = wanted;
  remember('language', wanted);
}

// What to tell people: our words for the code, or the sentence that the server sent.
export function explain(error: unknown): string {
  if (!(error instanceof Refusal)) return i18next.t('client.broken', { ns: 'errors' });
  return i18next.t(error.code, { ns: 'errors', defaultValue: error.message, ...error.values });
}
