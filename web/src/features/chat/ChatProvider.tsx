import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { socket } from '../../lib/socket';
import { ChatContext, type Chat } from './context';
import { forgetDrafts } from './drafts';
import { Feed } from './feed';
import { Outbox } from './outbox';
import { sendMessage, sendReading } from './queries';
import { forgetAllRecalled } from './recalled';
import { Readings } from './readings';

// Lives as long as somebody is signed in: the feed that keeps chats current and the messages on their way.
export function ChatProvider({ me, children }: { me: string; children: ReactNode }) {
  const client = useQueryClient();
  const [{ chat, feed }] = useState(() => {
    const feed = new Feed(client, me);
    const outbox = new Outbox(sendMessage, ({ conversation, text, quote }, { number, at }) =>
      feed.hear({ event: 'chat.entry', body: { conversation, entry: { number, kind: 'message', author: me, at, text, target: quote ?? null, state: null } } }),
    );
    const chat: Chat = { me, feed, outbox, readings: new Readings(sendReading) };
    return { chat, feed };
  });

  useEffect(() => {
    const stopHearing = socket.onEvent((event) => {
      feed.hear(event);
      if (event.event === 'chat.entry' && event.body.entry.kind === 'message' && event.body.entry.author === me) chat.outbox.landed(event.body.conversation, event.body.entry.text);
    });
    const stopWatching = socket.onStatus(() => {
      if (socket.status === 'open') chat.outbox.hurry();
    });
    return () => {
      forgetDrafts();
      forgetAllRecalled();
      feed.stop();
      stopHearing();
      stopWatching();
    };
  }, [chat, feed, me]);

  return <ChatContext value={chat}>{children}</ChatContext>;
}
