import { offer } from "../offer.mjs";

export default offer({ extra_spend: "price_step" });
