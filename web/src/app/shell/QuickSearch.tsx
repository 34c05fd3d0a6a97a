import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useConversations } from '../../features/chat/queries';
import { PeoplePicker } from '../../features/directory/PeoplePicker';
import { personQuery } from '../../lib/people';
import { Dialog } from '../../ui/Dialog';
import { useStartChat } from '../startChat';

const some = 8;

// Find a person by name, pinyin or job, press Enter, write.
export function QuickSearch({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { start, problem } = useStartChat(onClose);
  const peers = useConversations().data?.items.slice(0, some).flatMap(({ peer }) => peer ?? []) ?? [];
  const people = useQueries({ queries: peers.map(personQuery) });
  const recent = people.flatMap(({ data }) => (data ? [data] : []));
  return (
    <Dialog label={t('directory.search')} onClose={onClose}>
      <PeoplePicker recent={recent} problem={problem} onPick={start} onClose={onClose} />
    </Dialog>
  );
}
