import { useTranslation } from 'react-i18next';
import { Problem } from '../../ui/Problem';

export function Broken() {
  const { t } = useTranslation();
  return <Problem text={t('app.broken')} action={t('app.reload')} onAction={() => location.reload()} />;
}
