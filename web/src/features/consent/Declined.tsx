import { Button } from 'antd';
import { DoorOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/Empty';

export function Declined({ onReturn }: { onReturn: () => void }) {
  const { t } = useTranslation();
  return (
    <Empty icon={DoorOpen} title={t('consent.declined')}>
      <p>{t('consent.declined_more')}</p>
      <Button onClick={onReturn}>{t('consent.read_again')}</Button>
    </Empty>
  );
}
