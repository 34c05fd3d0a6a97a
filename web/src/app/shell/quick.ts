import { createContext, useContext } from 'react';

// Opens the search over people from anywhere in the frame.
export const QuickSearchContext = createContext<() => void>(() => undefined);
export const useQuickSearch = () => useContext(QuickSearchContext);
