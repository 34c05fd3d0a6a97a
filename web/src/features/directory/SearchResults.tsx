import { SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { explain } from '../../lib/i18n';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/Problem';
import { Skeleton } from '../../ui/Skeleton';
import { VirtualList } from '../../ui/VirtualList';
import { useMemberSearch } from './queries';
import { MemberRow } from './rows';
import { usePlace } from './usePlace';

export function SearchResults({ query }: { query: string }) {
  const { t } = useTranslation();
  const place = usePlace();
  const found = useMemberSearch(query);
  if (found.error) return <Problem text={explain(found.error)} action={t('common.retry')} onAction={() => void found.refetch()} />;
  if (!found.data) return <Skeleton label={t('common.loading')} />;
  if (found.data.length === 0) return <Empty icon={SearchX} title={t('directory.nobody', { query })} />;
  return (
    <VirtualList
      label={t('directory.results')}
      items={found.data}
      height={60}
      keyOf={(member) => member.id}
      onEnd={() => {
        if (found.hasNextPage && !found.isFetching) void found.fetchNextPage();
      }}
      render={(member) => (
        <MemberRow member={member} to={place.memberLink(member.id)} current={member.id === place.member} withUnit />
      )}
    />
  );
}
