// What is being written in each conversation, and about which message. It lives in memory: a browser is given only what
// the policy lists.
import { useSyncExternalStore } from 'react';
import type { Entry } from '../../wire';

export interface About {
  kind: 'quote' | 'edit';
  message: Entry;
}

export interface Draft {
  text: string;
  about?: About | undefined;
  aside?: string; // what was being written when an edit began
  asked?: number | undefined; // grows each time that somebody wants to write
}

const nothing: Draft = { text: '' };
const drafts = new Map<string, Draft>();
const watchers = new Set<() => void>();

const of = (conversation: string): Draft => drafts.get(conversation) ?? nothing;

function put(conversation: string, draft: Draft): void {
  drafts.set(conversation, draft);
  for (const watcher of watchers) watcher();
}

function ask(conversation: string, draft: Draft): void {
  put(conversation, { ...draft, asked: (of(conversation).asked ?? 0) + 1 });
}

export function useDraft(conversation: string): Draft {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => of(conversation),
  );
}

// Of a new message; an edit is no draft.
export function draftOf(conversation: string): string {
  const { about, text, aside } = of(conversation);
  return about?.kind === 'edit' ? (aside ?? '') : text;
}

export const keepDraft = (conversation: string, text: string) => put(conversation, { ...of(conversation), text });

export const beginQuote = (conversation: string, message: Entry) => ask(conversation, { text: draftOf(conversation), about: { kind: 'quote', message } });

export const beginEdit = (conversation: string, message: Entry) =>
  ask(conversation, { text: message.text, about: { kind: 'edit', message }, aside: draftOf(conversation) });

// Ends quoting or editing, and gives back what was being written before.
export const settle = (conversation: string) => ask(conversation, { text: draftOf(conversation) });

export const finish = (conversation: string) => put(conversation, { text: '', asked: of(conversation).asked });

// What was taken back is written again, before whatever is being written.
export const writeAgain = (conversation: string, text: string) =>
  ask(conversation, { text: [text, draftOf(conversation)].filter((part) => part !== '').join('\n') });

export const forgetDrafts = () => drafts.clear();
