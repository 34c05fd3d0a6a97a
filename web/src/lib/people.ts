// Names for member ids: events and messages carry ids, so one small question at a time asks for many names.
import { useQuery } from '@tanstack/react-query';
import type { Member } from '../wire';
import { get } from './http';

const most = 100;
interface Asker {
  resolve: (person: Member | null) => void;
  reject: (reason: unknown) => void;
}

let gathered = new Map<string, Asker>();

// The query cache asks for each id once, so an id has one asker at a time.
function ask(id: string): Promise<Member | null> {
  return new Promise((resolve, reject) => {
    if (gathered.size === 0) setTimeout(flush, 5);
    gathered.set(id, { resolve, reject });
  });
}

function flush(): void {
  const askers = [...gathered];
  gathered = new Map();
  for (let start = 0; start < askers.length; start += most) void answer(askers.slice(start, start + most));
}

async function answer(askers: [string, Asker][]): Promise<void> {
  try {
    const ids = askers.map(([id]) => id).join(',');
    const { items } = await get<{ items: Member[] }>('/directory/people', { ids });
    const found = new Map(items.map((person) => [person.id, person]));
    for (const [id, { resolve }] of askers) resolve(found.get(id) ?? null);
  } catch (error) {
    for (const [, { reject }] of askers) reject(error);
  }
}

export const personQuery = (id: string) => ({
  queryKey: ['people', id],
  queryFn: () => ask(id),
  staleTime: 10 * 60_000,
  gcTime: 60 * 60_000,
});

// Undefined while asking, null when the person has left.
export function usePerson(id: string | null | undefined): Member | null | undefined {
  const { data } = useQuery({ ...personQuery(id ?? ''), enabled: typeof id === 'string' });
  return typeof id === 'string' ? data : null;
}
