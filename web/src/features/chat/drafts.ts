// What was typed and not sent, for each conversation. It lives in memory: a browser is given only what the policy lists.
const drafts = new Map<string, string>();

export const draftOf = (conversation: string): string => drafts.get(conversation) ?? '';

export function keepDraft(conversation: string, text: string): void {
  if (text === '') drafts.delete(conversation);
  else drafts.set(conversation, text);
}

export const forgetDrafts = () => drafts.clear();
