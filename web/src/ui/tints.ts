// Behind the letters of an avatar: calm, and dark enough for white letters.
export const tints = ['#4769a8', '#2f7666', '#85587f', '#9a563c', '#5c6b7a', '#75652a', '#3c6f8c', '#6558a0'];
