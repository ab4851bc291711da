import { offer } from "../offer.ts";

export default offer({ extra_spend: "price_step" });
