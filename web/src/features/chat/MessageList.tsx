import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type UIEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../lib/announce';
import { usePerson } from '../../lib/people';
import type { Conversation, Entries, Entry } from '../../wire';
import { useChat, useOutgoing } from './context';
import { hasOlder, lastNumber } from './log';
import { MessageMenu, type Part } from './MessageMenu';
import { useOlder } from './queries';
import { RowView, type Host } from './RowView';
import { numberOf, rowsOf, type Row } from './rows';
import { useChanges } from './useChanges';
import { useReading } from './useReading';
import { useWalk } from './useWalk';
import styles from './MessageList.module.css';

const nearEnd = 80;

interface Props {
  conversation: Conversation;
  log: Entries;
  sent: number; // how often something was sent from here: each time the end comes into sight
}

export function MessageList({ conversation, log, sent }: Props) {
  const { t } = useTranslation();
  const { me } = useChat();
  const outgoing = useOutgoing(conversation.id);
  const older = useOlder(conversation.id);
  const [unreadAfter] = useState(conversation.unread > 0 ? conversation.read : undefined);
  const [atEnd, setAtEnd] = useState(true);
  const [seen, setSeen] = useState(lastNumber(log));
  const scroller = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);

  const complete = !hasOlder(log);
  const rows = useMemo(
    () => rowsOf(log, outgoing, { me, peerRead: conversation.peer_read, unreadAfter, complete }),
    [log, outgoing, me, conversation.peer_read, unreadAfter, complete],
  );
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: nearEnd,
    paddingStart: 8,
    paddingEnd: 16,
    overscan: 10,
  });

  useLayoutEffect(() => {
    list.scrollToEnd();
  }, [list, sent]);
  // A keyboard, a line at the top, a longer draft: the end stays in sight while the pane changes its height.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (pinned.current) list.scrollToEnd();
    });
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [list]);

  const lastOfOthers = log.items.findLast((entry) => isNews(entry, me))?.number ?? 0;
  useReading(conversation, atEnd && lastOfOthers > conversation.read ? lastNumber(log) : 0);
  useAnnouncements(log, me);

  const items = list.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const { mutate: fetchOlder, isPending: fetching } = older;
  const oldest = log.items[0]?.number;
  useEffect(() => {
    if (first < 10 && !complete && !fetching && oldest !== undefined) fetchOlder(oldest);
  }, [first, complete, fetching, oldest, fetchOlder]);

  const onScroll = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent<HTMLDivElement>) => {
    const end = scrollHeight - scrollTop - clientHeight <= nearEnd;
    pinned.current = end;
    setAtEnd(end);
    if (end || atEnd) setSeen(lastNumber(log)); // also while leaving the end: up to here all was in sight
  };
  const missed = atEnd ? 0 : log.items.filter((entry) => entry.number > seen && isNews(entry, me)).length;

  const { react, recall, trouble } = useChanges(conversation.id);
  const [menu, setMenu] = useState<{ message: Entry; part: Part; anchor: DOMRect }>();
  const [found, setFound] = useState<number>();
  const jump = useCallback(
    (number: number) => {
      const index = rows.findIndex((row) => numberOf(row) === number);
      if (index === -1) return;
      list.scrollToIndex(index, { align: 'center' });
      setFound(number);
    },
    [rows, list],
  );
  // What one jumped to is tinted until one has seen it.
  useEffect(() => {
    const timer = setTimeout(() => setFound(undefined), 1600);
    return () => clearTimeout(timer);
  }, [found]);
  const host = useMemo<Host>(
    () => ({
      conversation: conversation.id,
      group: conversation.kind === 'group',
      react: (number, emoji, on) => void react(number, emoji, on),
      menu: (message, part, anchor) => setMenu({ message, part, anchor }),
      jump,
    }),
    [conversation.id, conversation.kind, react, jump],
  );
  const { stop, ...walk } = useWalk(
    rows,
    items.map(({ index }) => rows[index]),
    (index) => list.scrollToIndex(index),
  );

  return (
    <div className={styles.frame}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
      <div ref={scroller} className={styles.scroller} onScroll={onScroll} role="region" aria-label={t('chat.messages')} tabIndex={0}>
        <div role="list" className={styles.rows} style={{ height: list.getTotalSize() }} {...walk}>
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <div
                  key={item.key}
                  ref={list.measureElement}
                  data-index={item.index}
                  role="listitem"
                  className={styles.item}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <RowView
                    row={row}
                    host={host}
                    stop={stop !== undefined && numberOf(row) === stop}
                    found={found !== undefined && numberOf(row) === found}
                    trouble={trouble && numberOf(row) === trouble.number ? trouble.text : undefined}
                  />
                </div>
              )
            );
          })}
        </div>
      </div>
      {!atEnd && (
        <button type="button" className={styles.down} onClick={() => list.scrollToEnd()}>
          <ArrowDown size={16} aria-hidden="true" />
          {missed > 0 ? t('chat.new_messages', { count: missed }) : t('chat.to_end')}
        </button>
      )}
      {menu && (
        <MessageMenu
          {...menu}
          conversation={conversation.id}
          reactions={log.reactions.filter(({ number }) => number === menu.message.number)}
          onReact={(emoji, on) => host.react(menu.message.number, emoji, on)}
          onRecall={() => void recall(menu.message)}
          onClose={() => setMenu(undefined)}
        />
      )}
    </div>
  );
}

// What a reader has to know of: messages of others, and nothing that became of them.
const isNews = ({ kind, author }: Entry, me: string) => kind === 'message' && author !== me;

function heightOf(row: Row | undefined): number {
  if (row?.kind !== 'line') return 44;
  const lines = row.text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 40)), 0);
  return 22 * lines + 20 + (row.begins ? 10 : 4) + (row.quoted ? 22 : 0) + (row.reactions.length > 0 ? 30 : 0);
}

// Says new messages aloud for those who do not see them arrive.
function useAnnouncements(log: Entries, me: string): void {
  const spoken = useRef(lastNumber(log));
  const last = log.items.findLast(({ kind }) => kind === 'message');
  const author = usePerson(last?.author);
  useEffect(() => {
    if (!last || last.number <= spoken.current || author === undefined) return;
    spoken.current = last.number;
    if (last.author !== me) announce(`${author?.name ?? ''}: ${last.text}`);
  }, [last, author, me]);
}
