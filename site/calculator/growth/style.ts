import text from "../../styles/growth.css";

/** The look of what the views draw, over that of the calculator. */
export const style = new CSSStyleSheet();
style.replaceSync(text);
