import { offer } from "../offer.ts";

export default offer({ extra_spend: "extra_spend", one_off_spend: "one_off_spend", replaced_share: "replaced_share" });
