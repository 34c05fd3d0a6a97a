import { createContext, useContext } from 'react';
import type { Member } from '../../wire';

interface Quick {
  find: () => void; // the search over people
  group: (people?: readonly Member[]) => void; // a new group, with these in it already
}

// What opens from anywhere in the frame.
export const QuickContext = createContext<Quick>({ find: () => undefined, group: () => undefined });
export const useQuick = () => useContext(QuickContext);
