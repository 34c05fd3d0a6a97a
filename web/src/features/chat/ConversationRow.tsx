import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePerson } from '../../lib/people';
import { shortly, useNow } from '../../lib/time';
import { Avatar } from '../../ui/Avatar';
import { Badge } from '../../ui/Badge';
import type { Conversation } from '../../wire';
import { useChat, useOutgoing } from './context';
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
  const said = useLastSaid(conversation);
  const { id, kind, unread } = conversation;
  const at = waiting?.at ?? conversation.at;
  return (
    <Link
      className={styles.row}
      to={`/chat/${id}`}
      aria-current={current ? 'page' : undefined}
      onPointerDown={() => prefetch(id)}
    >
      <Avatar id={title.id} name={title.name} size={44} group={kind === 'group'} />
      <span className={styles.words}>
        <span className={styles.line}>
          <strong>{title.name}</strong>
          <time dateTime={new Date(at).toISOString()}>{shortly(at, i18n.language, now)}</time>
        </span>
        <span className={styles.line}>
          <span className={styles.preview}>
            {draft !== '' && <em>{t('chat.draft')} </em>}
            {draft !== '' ? draft : (waiting?.text ?? said)}
          </span>
          <Badge count={unread} label={t('chat.unread', { count: unread })} />
        </span>
      </span>
    </Link>
  );
});

// What was said last; in a group, also by whom.
function useLastSaid({ kind, last }: Conversation): string {
  const { t } = useTranslation();
  const { me } = useChat();
  const group = kind === 'group';
  const recalled = last?.state === 'recalled';
  const author = usePerson((group || recalled) && last?.author !== me ? last?.author : undefined);
  if (!last) return group ? t('chat.group_began') : '';
  const name = last.author === me ? t('chat.you') : author?.name;
  if (recalled) return last.author === me ? t('chat.you_recalled') : t('chat.recalled', { name: name ?? '' });
  return group && name !== undefined ? t('chat.says', { name, text: last.text }) : last.text;
}
