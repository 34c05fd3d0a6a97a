import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useConversations } from '../../features/chat/queries';
import { PeoplePicker } from '../../features/directory/PeoplePicker';
import { Dialog } from '../../ui/Dialog';
import { useStartChat } from '../startChat';
import { useRecentPeople } from './useRecentPeople';

// Find a person by name, pinyin or job, or a group by name, press Enter, write.
export function QuickSearch({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { start, problem } = useStartChat(onClose);
  const recent = useRecentPeople();
  const groups = useConversations().data?.items.flatMap(({ id, name }) => (name == null ? [] : { id, name })) ?? [];
  const navigate = useNavigate();
  return (
    <Dialog label={t('directory.find')} onClose={onClose}>
      <PeoplePicker
        recent={recent}
        groups={groups}
        problem={problem}
        onPick={start}
        onGroup={(id) => {
          onClose();
          void navigate(`/chat/${id}`);
        }}
        onClose={onClose}
      />
    </Dialog>
  );
}
