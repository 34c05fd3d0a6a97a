import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../lib/announce';
import { explain } from '../../lib/i18n';
import { socket } from '../../lib/socket';
import type { Entry, EntryChanged } from '../../wire';
import { useChat } from './context';
import { sendEdit, sendReaction, sendRecall } from './queries';
import { forgetRecalled, keepRecalled } from './recalled';

const changeableFor = 24 * 3_600_000;

export const isChangeable = (message: Entry, me: string) =>
  message.author === me && message.state !== 'recalled' && Date.now() - message.at < changeableFor;

export interface Trouble {
  number: number; // of the message that it concerns
  text: string;
}

// What one can do to a message that stands. What could not be done is said beside it.
export function useChanges(conversation: string) {
  const { t } = useTranslation();
  const { feed } = useChat();
  const [trouble, setTrouble] = useState<Trouble>();
  const changes = useMemo(() => {
    const attempt = async (number: number, request: () => Promise<EntryChanged>) => {
      setTrouble(undefined);
      try {
        await heard(feed, conversation, await request());
        return true;
      } catch (error) {
        setTrouble({ number, text: explain(error) });
        return false;
      }
    };
    return {
      react: (number: number, emoji: string, on: boolean) => attempt(number, () => sendReaction(conversation, number, emoji, on)),
      recall: async ({ number, text }: Entry) => {
        keepRecalled(conversation, number, text);
        if (await attempt(number, () => sendRecall(conversation, number))) announce(t('chat.you_recalled'));
        else forgetRecalled(conversation, number);
      },
    };
  }, [conversation, feed, t]);
  return { ...changes, trouble };
}

export function useEdit(conversation: string) {
  const { feed } = useChat();
  return async (number: number, text: string) => heard(feed, conversation, await sendEdit(conversation, number, text));
}

// The event brings it, unless there is no connection for events.
async function heard(feed: { reach: (id: string, number: number) => Promise<void> }, conversation: string, { number }: EntryChanged) {
  if (number != null && socket.status !== 'open') await feed.reach(conversation, number);
}
