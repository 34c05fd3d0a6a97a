import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { get, post } from '../../lib/http';
import type { components } from '../../wire/schema';

export type Note = components['schemas']['__room__.Note'];
type Notes = components['schemas']['__room__.Notes'];

const key = ['__room__', 'notes'];

export function useNotes() {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => get<Notes>('/__room__/notes', { after: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
}

export function useAddNote() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => post<Note>('/__room__/notes', { text }),
    onSuccess: () => cache.invalidateQueries({ queryKey: key }),
  });
}
