import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { shortly, useNow } from '../../lib/time';
import { Avatar } from '../../ui/Avatar';
import { Badge } from '../../ui/Badge';
import type { Conversation } from '../../wire';
import { useOutgoing } from './context';
import { draftOf } from './drafts';
import { usePrefetchEntries } from './queries';
import { useTitle } from './useTitle';
import styles from './ConversationRow.module.css';

interface Props {
  conversation: Conversation;
  current: boolean;
}

export const ConversationRow = memo(function ConversationRow({ conversation, current }: Props) {
  const { t, i18n } = useTranslation();
  const title = useTitle(conversation);
  const now = useNow();
  const prefetch = usePrefetchEntries();
  const waiting = useOutgoing(conversation.id).at(-1);
  const draft = current ? '' : draftOf(conversation.id);
  const at = waiting?.at ?? conversation.last?.at;
  return (
    <Link
      className={styles.row}
      to={`/chat/${conversation.id}`}
      aria-current={current ? 'page' : undefined}
      onPointerDown={() => prefetch(conversation.id)}
    >
      <Avatar id={title.id} name={title.name} size={44} />
      <span className={styles.words}>
        <span className={styles.line}>
          <strong>{title.name}</strong>
          {at !== undefined && <time dateTime={new Date(at).toISOString()}>{shortly(at, i18n.language, now)}</time>}
        </span>
        <span className={styles.line}>
          <span className={styles.preview}>
            {draft !== '' && <em>{t('chat.draft')} </em>}
            {draft !== '' ? draft : (waiting?.text ?? conversation.last?.text)}
          </span>
          <Badge count={conversation.unread} label={t('chat.unread', { count: conversation.unread })} />
        </span>
      </span>
    </Link>
  );
});
