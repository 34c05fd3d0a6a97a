import { useTranslation } from 'react-i18next';
import { PeoplePicker } from '../../features/directory/PeoplePicker';
import { Dialog } from '../../ui/Dialog';
import { useStartChat } from '../startChat';
import { useRecentPeople } from './useRecentPeople';

// Find a person by name, pinyin or job, press Enter, write.
export function QuickSearch({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { start, problem } = useStartChat(onClose);
  const recent = useRecentPeople();
  return (
    <Dialog label={t('directory.search')} onClose={onClose}>
      <PeoplePicker recent={recent} problem={problem} onPick={start} onClose={onClose} />
    </Dialog>
  );
}
