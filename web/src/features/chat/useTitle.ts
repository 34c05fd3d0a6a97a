import { useTranslation } from 'react-i18next';
import { usePerson } from '../../lib/people';
import type { Conversation } from '../../wire';
import { useParticipants } from './queries';

interface Title {
  id: string; // whose colour the avatar has
  name: string;
  about: string;
}

// A group has a name of its own, a direct chat that of the other person.
export function useTitle({ id, kind, name, peer }: Conversation, counted = false): Title {
  const { t } = useTranslation();
  const person = usePerson(peer);
  const count = useParticipants(id, counted && kind === 'group').data?.count ?? 0;
  if (kind === 'group') return { id, name: name ?? '', about: count > 0 ? t('chat.members', { count }) : '' };
  if (person === null) return { id, name: t('common.former_member'), about: '' };
  return { id: peer ?? id, name: person?.name ?? '', about: [person?.title, person?.unit_name].filter(Boolean).join(' · ') };
}
