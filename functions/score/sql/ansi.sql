-- ANSI SQL, where a date less a date is a number of days (PostgreSQL, DuckDB): an order table as the summaries that Hourglass's models need, one row a customer.
-- frequency   orders after the first one; the orders of one day are one order
-- recency     days from the first order to the last
-- age         days from the first order to the end of the calibration
-- mean_spend  money per order, the first order left out; 0 without a repeat order
-- spend       money of all orders
-- Negative amounts are refunds: they lower the order of their day; what is refunded in full is no order.
WITH settings AS (
  SELECT DATE '2026-12-31' AS calibration_end
),
lines AS (
  SELECT customer_id AS id, CAST(ordered_at AS DATE) AS day, CAST(amount AS DOUBLE PRECISION) AS amount
  FROM orders
  WHERE customer_id IS NOT NULL AND ordered_at IS NOT NULL AND amount IS NOT NULL
),
days AS (
  SELECT lines.id, lines.day, SUM(lines.amount) AS amount
  FROM lines CROSS JOIN settings
  WHERE lines.day <= settings.calibration_end
  GROUP BY lines.id, lines.day
  HAVING SUM(lines.amount) >= 0.005 OR MIN(lines.amount) >= 0
),
dated AS (
  SELECT id, day, amount, MIN(day) OVER (PARTITION BY id) AS first_day
  FROM days
),
totals AS (
  SELECT id, first_day, MAX(day) AS last_day, COUNT(*) - 1 AS frequency, SUM(amount) AS spend,
    SUM(CASE WHEN day > first_day THEN amount ELSE 0 END) AS repeat_spend
  FROM dated
  GROUP BY id, first_day
)
SELECT totals.id, totals.frequency,
  totals.last_day - totals.first_day AS recency,
  settings.calibration_end - totals.first_day AS age,
  CASE WHEN totals.frequency > 0 THEN totals.repeat_spend / totals.frequency ELSE 0 END AS mean_spend,
  totals.spend
FROM totals CROSS JOIN settings
