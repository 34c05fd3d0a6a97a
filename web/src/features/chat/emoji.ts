// The six that people reach for; any other that somebody sends is shown as it is.
export const usual = [
  ['👍', 'chat.emoji_good'],
  ['❤️', 'chat.emoji_heart'],
  ['😄', 'chat.emoji_smile'],
  ['🎉', 'chat.emoji_party'],
  ['👌', 'chat.emoji_ok'],
  ['🙏', 'chat.emoji_thanks'],
] as const;
