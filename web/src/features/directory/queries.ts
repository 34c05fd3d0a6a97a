import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get } from '../../lib/http';
import type { Member, Page, Unit, UnitDetails } from '../../wire';

const limit = 100;
const fresh = 60_000;

interface Paged {
  pageParam: string | undefined;
  signal: AbortSignal;
}

const paging = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last: Page<unknown>) => last.next ?? undefined,
  staleTime: fresh,
};

const joined = <Item>(data: { pages: Page<Item>[] }): Item[] => data.pages.flatMap((page) => page.items);

export function useUnits(parent: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['directory', 'units', parent ?? null],
    queryFn: ({ pageParam, signal }: Paged) => get<Page<Unit>>('/directory/units', { parent, after: pageParam, limit }, signal),
    select: joined,
    ...paging,
  });
}

export function useUnit(id: string | undefined) {
  return useQuery({
    queryKey: ['directory', 'unit', id],
    queryFn: ({ signal }) => get<UnitDetails>(`/directory/units/${id ?? ''}`, {}, signal),
    enabled: id !== undefined,
    placeholderData: keepPreviousData,
    staleTime: fresh,
  });
}

export function useMembers(unit: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['directory', 'members', unit],
    queryFn: ({ pageParam, signal }: Paged) => get<Page<Member>>('/directory/members', { unit, after: pageParam, limit }, signal),
    select: joined,
    enabled: unit !== undefined,
    ...paging,
  });
}

export function useMemberSearch(query: string) {
  return useInfiniteQuery({
    queryKey: ['directory', 'search', query],
    queryFn: ({ pageParam, signal }: Paged) => get<Page<Member>>('/directory/members', { query, after: pageParam, limit: 50 }, signal),
    select: joined,
    enabled: query !== '',
    placeholderData: keepPreviousData,
    ...paging,
  });
}

export function useMember(id: string) {
  return useQuery({
    queryKey: ['directory', 'member', id],
    queryFn: ({ signal }) => get<Member>(`/directory/members/${id}`, {}, signal),
    staleTime: fresh,
  });
}
