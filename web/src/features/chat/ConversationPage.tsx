import { MessageCircleOff } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '../../lib/i18n';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/Problem';
import { Skeleton } from '../../ui/Skeleton';
import { Refusal } from '../../lib/http';
import type { Conversation } from '../../wire';
import { Composer } from './Composer';
import { useChat } from './context';
import { beginEdit } from './drafts';
import { MessageList } from './MessageList';
import { useConversation, useEntries } from './queries';
import { isChangeable, useEdit } from './useChanges';
import styles from './ConversationPage.module.css';

interface Props {
  id: string;
  header: (conversation: Conversation) => ReactNode;
}

export function ConversationPage({ id, header }: Props) {
  const { t } = useTranslation();
  const { me, outbox } = useChat();
  const conversation = useConversation(id);
  const entries = useEntries(id);
  const [sent, setSent] = useState(0);
  const edit = useEdit(id);
  const error = conversation.error ?? entries.error;

  if (error instanceof Refusal && error.status === 404) return <Empty icon={MessageCircleOff} title={explain(error)} />;
  if (error) {
    const retry = () => {
      if (conversation.error) void conversation.refetch();
      if (entries.error) void entries.refetch();
    };
    return <Problem text={explain(error)} action={t('common.retry')} onAction={retry} />;
  }
  const send = (text: string, quote?: number) => {
    outbox.add(id, text, quote);
    setSent(sent + 1);
  };
  const editLast = () => {
    const last = entries.data?.items.findLast((entry) => entry.kind === 'message' && isChangeable(entry, me));
    if (last) beginEdit(id, last);
  };
  return (
    <section className={styles.page} aria-label={t('chat.conversation')}>
      {conversation.data ? header(conversation.data) : <div className={styles.bar} />}
      {conversation.data && entries.data ? (
        <MessageList key={id} conversation={conversation.data} log={entries.data} sent={sent} />
      ) : (
        <div className={styles.loading}>
          <Skeleton label={t('common.loading')} />
        </div>
      )}
      <Composer key={`composer ${id}`} conversation={id} onSend={send} onEdit={edit} onEditLast={editLast} />
    </section>
  );
}
