import { useTranslation } from 'react-i18next';
import { explain } from '../../lib/i18n';
import { Problem } from '../../ui/Problem';
import { Skeleton } from '../../ui/Skeleton';
import { PolicyDocument } from './PolicyDocument';
import { usePolicy } from './queries';

// The policy for reading, with nothing to decide.
export function PolicyReading() {
  const { t, i18n } = useTranslation();
  const policy = usePolicy(i18n.language);
  if (policy.error) return <Problem text={explain(policy.error)} action={t('common.retry')} onAction={() => void policy.refetch()} />;
  return policy.data ? <PolicyDocument policy={policy.data} /> : <Skeleton label={t('common.loading')} />;
}
