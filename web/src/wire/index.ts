// The server's types under the names that the client uses: the one place that knows how schema.ts calls them.
import type { components } from './schema';

type Schemas = components['schemas'];

export interface Page<Item> {
  items: Item[];
  next?: string | null;
}

export type Problem = Schemas['Problem'];

export type Choice = Schemas['privacy.Choice'];
export type Choices = Schemas['privacy.Choices'];
export type Taken = Schemas['privacy.Taken'];
export type Takings = Schemas['consent.Takings'];
export type Changed = Schemas['consent.Changed'];

export type Policy = Schemas['privacy.Policy'];
export type PolicySection = Schemas['privacy.Section'];
export type PolicyTable = Schemas['privacy.Listing'];

export type Me = Schemas['identity.Me'];
export type SignedIn = Schemas['identity.SignedIn'];

export type Unit = Schemas['directory.Unit'];
export type UnitDetails = Schemas['directory.UnitDetails'];
export type Member = Schemas['directory.Member'];
export type Myself = Schemas['directory.Myself'];

export type Conversation = Schemas['chat.Conversation'];
export type Entry = Schemas['chat.Entry'];
export type Entries = Schemas['chat.Entries'];
export type Reaction = Schemas['chat.Reaction'];
export type EntryChanged = Schemas['chat.Changed'];
export type Head = Schemas['chat.Head'];
export type Participant = Schemas['chat.Participant'];
export type Participants = Schemas['chat.Participants'];
export type Sent = Schemas['chat.Sent'];

export type ChatEvent =
  | { event: 'chat.entry'; body: Schemas['chat.EntryAdded'] }
  | { event: 'chat.read'; body: Schemas['chat.ReadUpTo'] }
  | { event: 'chat.began'; body: Schemas['chat.Began'] };

export type WireEvent = ChatEvent | { event: 'consent.changed'; body: Changed } | { event: 'net.resync'; body: Record<string, never> };
