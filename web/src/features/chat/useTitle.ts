import { useTranslation } from 'react-i18next';
import { usePerson } from '../../lib/people';
import type { Conversation } from '../../wire';

interface Title {
  id: string; // whose colour the avatar has
  name: string;
  about: string;
}

// A group has a name of its own, a direct chat that of the other person.
export function useTitle({ id, kind, name, peer }: Conversation): Title {
  const { t } = useTranslation();
  const person = usePerson(peer);
  if (kind === 'group') return { id, name: name ?? '', about: '' };
  if (person === null) return { id, name: t('common.former_member'), about: '' };
  return { id: peer ?? id, name: person?.name ?? '', about: [person?.title, person?.unit_name].filter(Boolean).join(' · ') };
}
