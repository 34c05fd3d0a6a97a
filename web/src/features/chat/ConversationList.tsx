import { MessagesSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '../../lib/i18n';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/Problem';
import { Skeleton } from '../../ui/Skeleton';
import { VirtualList } from '../../ui/VirtualList';
import { useChat } from './context';
import { ConversationRow } from './ConversationRow';
import { useConversations, useMoreConversations } from './queries';

// `start` is the one next step when there are no chats yet.
export function ConversationList({ current, start }: { current: string | undefined; start: ReactNode }) {
  const { t } = useTranslation();
  const { outbox } = useChat();
  const list = useConversations();
  const more = useMoreConversations();
  if (list.error) return <Problem text={explain(list.error)} action={t('common.retry')} onAction={() => void list.refetch()} />;
  if (!list.data) return <Skeleton rows={8} label={t('common.loading')} />;
  const { next } = list.data;
  // A direct chat that was only opened is nobody's business until something is said in it.
  const items = list.data.items.filter(({ id, kind, head }) => kind === 'group' || head > 0 || id === current || outbox.of(id).length > 0);
  if (items.length === 0) {
    return (
      <Empty icon={MessagesSquare} title={t('chat.none')}>
        {start}
      </Empty>
    );
  }
  return (
    <VirtualList
      label={t('chat.conversations')}
      items={items}
      height={68}
      keyOf={(conversation) => conversation.id}
      reveal={current === undefined ? undefined : items.findIndex(({ id }) => id === current)}
      onEnd={() => {
        if (next != null && !more.isPending) more.mutate(next);
      }}
      render={(conversation) => <ConversationRow conversation={conversation} current={conversation.id === current} />}
    />
  );
}
