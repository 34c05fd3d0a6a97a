import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type UIEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../lib/announce';
import { usePerson } from '../../lib/people';
import type { Conversation, Entries } from '../../wire';
import { hasOlder, lastNumber } from './apply';
import { useChat, useOutgoing } from './context';
import { useOlder } from './queries';
import { RowView } from './RowView';
import { rowsOf, type Row } from './rows';
import { useReading } from './useReading';
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
    () => rowsOf(log.items, outgoing, { me, peerRead: conversation.peer_read, unreadAfter, complete }),
    [log.items, outgoing, me, conversation.peer_read, unreadAfter, complete],
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

  const lastOfOthers = log.items.findLast((entry) => entry.author !== me)?.number ?? 0;
  useReading(conversation, atEnd ? lastOfOthers : 0);
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
  const missed = atEnd ? 0 : log.items.filter((entry) => entry.number > seen && entry.author !== me).length;

  return (
    <div className={styles.frame}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
      <div ref={scroller} className={styles.scroller} onScroll={onScroll} role="region" aria-label={t('chat.messages')} tabIndex={0}>
        <div role="list" className={styles.rows} style={{ height: list.getTotalSize() }}>
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
                  <RowView row={row} group={conversation.kind === 'group' ? conversation.id : undefined} />
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
    </div>
  );
}

function heightOf(row: Row | undefined): number {
  if (row?.kind !== 'line') return 44;
  const lines = row.text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 40)), 0);
  return 22 * lines + 20 + (row.begins ? 10 : 4);
}

// Says new messages aloud for those who do not see them arrive.
function useAnnouncements(log: Entries, me: string): void {
  const spoken = useRef(lastNumber(log));
  const last = log.items.at(-1);
  const author = usePerson(last?.author);
  useEffect(() => {
    if (!last || last.number <= spoken.current || author === undefined) return;
    spoken.current = last.number;
    if (last.author !== me) announce(`${author?.name ?? ''}: ${last.text}`);
  }, [last, author, me]);
}
