import { offer } from "../offer.ts";

export default offer({ extra_spend: "extra_spend" });
