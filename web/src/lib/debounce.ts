import { useEffect, useState } from 'react';

// The value once it has rested for a moment.
export function useRested<Value>(value: Value, pause = 150): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return rested;
}
