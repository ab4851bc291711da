/** What an event of a field says. An element listens to its own fields alone, and knows which they are. */

/** What was typed into a field, or chosen from its list. */
export const textIn = ({ target }: Event) => (target as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement).value; // such a field alone is asked

/** Whether a box is ticked. */
export const isTicked = ({ target }: Event) => (target as HTMLInputElement).checked; // a box alone is asked

/** Whether a fold is open. */
export const isOpen = ({ target }: Event) => (target as HTMLDetailsElement).open; // a fold alone is asked

/** The field itself. */
export const inputOf = ({ target }: Event) => target as HTMLInputElement; // such a field alone is asked
