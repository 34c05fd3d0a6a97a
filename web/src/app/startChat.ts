import { useNavigate } from 'react-router';
import { useOpenChat } from '../features/chat/queries';

// Opens the chat with somebody, new or not.
export function useStartChat(): (member: string) => void {
  const navigate = useNavigate();
  const { mutate } = useOpenChat();
  return (member) => mutate(member, { onSuccess: ({ id }) => void navigate(`/chat/${id}`) });
}
