/** From a card's top to the height that says in which lane it stands: its title line. */
export const cardMiddle = 28;
