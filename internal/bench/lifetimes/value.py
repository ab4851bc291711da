"""What the customers of an order log are worth, by pandas and lifetimes: what the engine is held against.

    value.py MODEL ORDERS.csv OUT.csv     MODEL: bgnbd, mbgnbd or paretonbd
    value.py fits ORDERS.csv              the three fitted, one after the other, and nothing else

The same outputs as `score -model MODEL -discount 0.1`: orders, P(alive), expected orders within a year, expected spend and value.
lifetimes discounts by the month; so does this. Prints, as JSON, the seconds of processor and of wall time of each step, and the parameters.
"""
import json
import sys
import time
import warnings

import numpy
import pandas
from lifetimes import BetaGeoFitter, GammaGammaFitter, ModifiedBetaGeoFitter, ParetoNBDFitter
from lifetimes.utils import summary_data_from_transaction_data

warnings.filterwarnings("ignore")
model, orders = sys.argv[1:3]
FITTERS = {"bgnbd": BetaGeoFitter, "mbgnbd": ModifiedBetaGeoFitter, "paretonbd": ParetoNBDFitter}
DAYS = 365  # looked ahead
MONTHS = 12
steps, at = {}, (time.process_time(), time.perf_counter())


def step(name):
    global at
    now = (time.process_time(), time.perf_counter())
    steps[name] = [round(now[0] - at[0], 3), round(now[1] - at[1], 3)]
    at = now


log = pandas.read_csv(orders, dtype={"customer_id": "string"})
log["order_date"] = pandas.to_datetime(log["order_date"], format="%Y-%m-%d")
step("read")

customers = summary_data_from_transaction_data(log, "customer_id", "order_date", monetary_value_col="amount").reset_index()
step("summarise")

# Weeks, as the engine fits: in days the optimisers of lifetimes end early.
weeks = customers[["recency", "T"]] / 7
# The unique histories weighted: the quickest that lifetimes can be asked.
unique = pandas.DataFrame({"x": customers["frequency"], "tx": weeks["recency"], "t": weeks["T"]})
unique = unique.groupby(["x", "tx", "t"]).size().reset_index(name="w")
fits = {}
for name in FITTERS if model == "fits" else [model]:
    f = fits[name] = FITTERS[name](penalizer_coef=0)
    f.fit(unique["x"], unique["tx"], unique["t"], weights=unique["w"])
    step("fit" if model == name else f"fit {name}")
if model == "fits":
    print(json.dumps({"steps": steps, "processor": round(sum(s[0] for s in steps.values()), 2), "wall": round(sum(s[1] for s in steps.values()), 2),
                      "parameters": {name: {k: float(v) for k, v in f.params_.items()} for name, f in fits.items()}}))
    sys.exit()
out = sys.argv[3]

back = customers[(customers["frequency"] > 0) & (customers["monetary_value"] > 0)]
spend = GammaGammaFitter(penalizer_coef=0)
spend.fit(back["frequency"], back["monetary_value"])
step("fit spend")

x, tx, t = customers["frequency"], weeks["recency"], weeks["T"]
customers["p_alive"] = f.conditional_probability_alive(x, tx, t)
customers["expected_orders"] = f.conditional_expected_number_of_purchases_up_to_time(DAYS / 7, x, tx, t)
step("expect")

each = spend.conditional_expected_average_profit(x, customers["monetary_value"])
customers["expected_spend"] = customers["expected_orders"] * each
customers["clv"] = spend.customer_lifetime_value(f, x, tx, t, customers["monetary_value"], time=MONTHS, discount_rate=1.1 ** (1 / 12) - 1, freq="W")
step("value")

customers.sort_values("clv", ascending=False).to_csv(out, index=False)
step("write")

print(json.dumps({"steps": steps, "processor": round(sum(s[0] for s in steps.values()), 2), "wall": round(sum(s[1] for s in steps.values()), 2),
                  "customers": len(customers), "histories": len(unique), "parameters": {k: float(v) for k, v in f.params_.items()},
                  "expected_orders": float(numpy.nansum(customers["expected_orders"])), "clv": float(numpy.nansum(customers["clv"]))}))
