import { useConversations } from './queries';

// The chat above or below in the list, for the keyboard.
export function useNeighbour(): (current: string | undefined, step: 1 | -1) => string | undefined {
  const items = useConversations().data?.items ?? [];
  return (current, step) => {
    const here = items.findIndex(({ id }) => id === current);
    return items[here === -1 ? 0 : here + step]?.id;
  };
}
