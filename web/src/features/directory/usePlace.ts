import { useParams, useSearchParams } from 'react-router';
import { useUnit, useUnits } from './queries';

// Where in the organisation we are: the unit in the address, or the root when there is but one.
export function usePlace() {
  const { unit: asked } = useParams();
  const [search] = useSearchParams();
  const roots = useUnits(undefined);
  const only = roots.data?.length === 1 ? roots.data[0]?.id : undefined;
  const id = asked ?? only;
  const unit = useUnit(id);
  return {
    id,
    unit: id === undefined ? undefined : unit.data?.unit,
    path: (id !== undefined && unit.data?.path) || [],
    member: search.get('member') ?? undefined,
    memberLink: (member: string) => `/directory${asked === undefined ? '' : `/${asked}`}?member=${member}`,
    error: unit.error ?? roots.error,
    retry: () => void (unit.error ? unit.refetch() : roots.refetch()),
  };
}
