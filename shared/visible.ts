/** Can people see it and tell it from others? Not only blanks, no control characters, no halves of characters. */
export const isVisible = (text: string): boolean => text.trim() !== '' && text.isWellFormed() && !/\p{Cc}/u.test(text);
