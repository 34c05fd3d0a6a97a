// What one took back oneself can be written again for a while. The words live nowhere else.
const texts = new Map<string, { text: string; until: number }>();
const kept = 5 * 60_000;

const key = (conversation: string, number: number) => `${conversation} ${number}`;

export const keepRecalled = (conversation: string, number: number, text: string) =>
  void texts.set(key(conversation, number), { text, until: Date.now() + kept });

export function recalledText(conversation: string, number: number): string | undefined {
  const found = texts.get(key(conversation, number));
  if (found && found.until > Date.now()) return found.text;
  texts.delete(key(conversation, number));
  return undefined;
}

export const forgetRecalled = (conversation: string, number: number) => void texts.delete(key(conversation, number));

export const forgetAllRecalled = () => texts.clear();
