import { useNavigate } from 'react-router';
import { useOpenChat } from '../features/chat/queries';
import { explain } from '../lib/i18n';

interface StartChat {
  start: (member: string) => void;
  problem: string | undefined;
}

// Opens the chat with somebody, new or not.
export function useStartChat(done?: () => void): StartChat {
  const navigate = useNavigate();
  const { mutate, error } = useOpenChat();
  const start = (member: string) =>
    mutate(member, {
      onSuccess: ({ id }) => {
        done?.();
        void navigate(`/chat/${id}`);
      },
    });
  return { start, problem: error ? explain(error) : undefined };
}
