import { present, where } from "./sums.ts";
import { type Lever, leverPage, share, straight } from "./plan.ts";

/** An offer to the customers still there. @param sold what is sold on top, as fields of a lever */
export function offer(sold: Record<string, string>) {
  const lever: Lever = { reach: "reach", take_up: "take_up", extra_margin: "extra_margin", offer_period: "offer_period", offer_cost: "offer_cost", fixed_cost: "fixed_cost", ...sold };
  const margin = `(IF(ISNUMBER(extra_margin),extra_margin,gross_margin)${lever.replaced_share ? `-${lever.replaced_share}*gross_margin` : ""})`;
  const inTime = "IF(ISNUMBER(counted),offer_period<counted,TRUE)";
  const once = lever.one_off_spend ? `${lever.one_off_spend}*plan:offered_1@0+` : "";
  return leverPage(
    lever,
    {
      break_even_take_up: straight("to_pay_for", "all_say_yes", "0", "1"),
      discounted_share_at_offer: "taken_up",
      discounted_periods_from_offer: `IF(${inTime},plan:periods@0-plan:before_offer_1@0,0)`,
      still_there: present("first_churn", "churn_rate", "0", "offer_period"),
      value_per_taker: where("taken_up>0", "worth_to_all/taken_up"),
    },
    {
      steps: {
        taken_up: `IF(${inTime},plan:offered_1@0,0)`,
        worth_to_all: `IF(${inTime},${margin}*(${once}${lever.extra_spend}*(plan:periods@0-plan:before_offer_1@0)),0)`,
        to_pay_for: `reach*offer_cost*taken_up+${share("fixed_cost")}`,
        all_say_yes: "reach*worth_to_all",
      },
    },
  );
}
