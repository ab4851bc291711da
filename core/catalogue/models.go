package catalogue

import "hourglass/core/predict"

// The CDNOW sample (Fader & Hardie) in 23 rows: customers of like frequency and recency as one, in weeks.
var exampleHistories = predict.HistoryInput{
	Frequency: []float64{0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 14, 7, 9, 9},
	Recency: []float64{0, 0, 0, 3.5, 11.7, 20.2, 28.5, 4.7, 11.8, 20.6, 28.8, 4.2, 12.3, 20.8, 28.4, 6.1, 13, 21.7, 29.5, 5.1,
		14.6, 23.4, 30.5},
	Age: []float64{29.3, 33.7, 37.4, 33.3, 32, 32.4, 32.2, 32.2, 32.7, 32.6, 32.7, 32.8, 32.8, 32.7, 32.2, 36.4, 32.4, 32.9, 33,
		31.8, 32, 34.5, 33.3},
	Weights: []float64{570, 547, 294, 205, 81, 88, 65, 35, 56, 57, 66, 12, 17, 36, 35, 7, 15, 22, 56, 2, 6, 15, 70},
}

// The same sample's mean spend in 25 rows: fifths of like frequency.
var exampleSpend = predict.SpendInput{
	Frequency: []float64{1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 9, 9, 10, 9, 9},
	MeanSpend: []float64{10.96, 14.84, 22.97, 35.07, 77.93, 13.12, 19.77, 28.67, 39.55, 81.97, 13.81, 19.83, 27.01, 37.14, 66.54,
		17.37, 25.26, 31.78, 40.78, 82.68, 16.79, 25.81, 33.98, 43.24, 85.78},
	Weights: []float64{87, 88, 88, 88, 88, 42, 43, 43, 43, 43, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 18, 19, 18, 19, 19},
}

// A made-up grocery's customers, simulated with k = 2, r = 1.5, alpha = 4, a = 0.4, b = 2.4, in weeks.
var exampleGaps = predict.GapsInput{
	Frequency: []float64{12, 2, 3, 16, 3, 1, 1, 1, 1, 7, 3, 1, 0, 5, 1, 5, 4, 0, 5, 6, 1, 0, 4, 0, 4, 1, 2, 1, 1, 9, 12, 1, 4, 1, 5, 0, 5, 1, 0, 5},
	Recency:   []float64{48.68, 8.72, 11.88, 45.17, 29.68, 41.18, 6.03, 20.51, 1.87, 25.8, 34.98, 40.7, 0, 36.11, 5.42, 43.59, 27.05, 0, 19.44, 30.78, 7.16, 0, 35.54, 0, 31.66, 0.97, 48.78, 0.54, 18.57, 23.44, 45.25, 25.43, 23.69, 17.02, 31.22, 0, 32.21, 11.53, 0, 29.22},
	Age:       []float64{52, 28, 49, 50, 33, 51, 47, 28, 40, 34, 36, 52, 35, 37, 26, 49, 29, 30, 35, 32, 33, 42, 46, 29, 35, 44, 51, 30, 41, 28, 47, 26, 28, 29, 41, 46, 35, 33, 42, 31},
	LogGaps:   []float64{12.523, 2.943, 3.756, 11.509, 6.846, 3.718, 1.797, 3.021, 0.625, 7.331, 6.901, 3.706, 0, 8.976, 1.691, 8.351, 5.967, 0, 5.284, 8.196, 1.969, 0, 8.588, 0, 7.48, -0.026, 6.082, -0.618, 2.922, 7.706, 13.819, 3.236, 6.171, 2.834, 7.886, 0, 8.48, 2.445, 0, 8.197},
	Weights:   []float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
}

var historyAssumptions = []string{
	"While active, a customer orders at a rate of their own that does not change: no season, no trend.",
	"Order rates and the probability of leaving differ between customers, independently of each other.",
	"When a customer leaves is never observed, only inferred from the time without an order.",
}

// notForRepeatBuying is when none of BG/NBD, MBG/NBD and Pareto/NBD is to be used.
var notForRepeatBuying = []string{
	"Customers have contracts and cancel them: use sbg/fit.",
	"Customers can buy only at fixed dates, such as once a year: use BG/BB.",
	"Orders follow a season or a trend: the models know neither, and mistake a quiet month for churn.",
	"Orders are very regular, such as refills: the models assume random times between orders, and notice too late when a customer stops.",
}

// whatFollows points a fit's reader to where its expectations stand.
func whatFollows(page string) []string {
	return []string{
		"P(alive), the probability of being active, and the expected orders: with formulas on [the page of the predictions](" + page + ").",
		"Discounted orders, the probability of no order, and the orders of a new customer: among the results there.",
		"In money, for each customer and in total: [customers/value](customers-value.md).",
	}
}

// betaGeoSymbols are those of the predictions of BG/NBD and MBG/NBD.
var betaGeoSymbols = []Symbol{{TeX: "r", Field: "r"}, {TeX: `\alpha`, Field: "alpha"}, {TeX: "a", Field: "a"}, {TeX: "b", Field: "b"}, {TeX: "x", Field: "frequency"}, {TeX: "t_x", Field: "recency"},
	{TeX: "T", Field: "age"}, {TeX: "t", Field: "horizon"}}

var modelCalculations = []Calculation{
	{
		ID:       "bgnbd/fit",
		Title:    "BG/NBD: fit",
		Question: "How often do customers order, and how soon do they leave?",
		Module:   Customers,
		Fits:     true,
		Func:     predict.BGNBDFit,
		Example:  exampleHistories,
		Formula:  `L = \frac{B(a, b+x)}{B(a,b)} \frac{\Gamma(r+x)\,\alpha^r}{\Gamma(r)(\alpha+T)^{r+x}} + \mathbf{1}_{x>0} \frac{B(a+1, b+x-1)}{B(a,b)} \frac{\Gamma(r+x)\,\alpha^r}{\Gamma(r)(\alpha+t_x)^{r+x}}`,
		Symbols:  []Symbol{{TeX: "r", Field: "parameters.r"}, {TeX: `\alpha`, Field: "parameters.alpha"}, {TeX: "a", Field: "parameters.a"}, {TeX: "b", Field: "parameters.b"}, {TeX: "x", Field: "frequency"}, {TeX: "t_x", Field: "recency"}, {TeX: "T", Field: "age"}},
		Assumptions: append(historyAssumptions[:len(historyAssumptions):len(historyAssumptions)],
			"A customer can leave only right after a repeat order, so one without any counts as active for ever. If that is not plausible, use MBG/NBD or Pareto/NBD."),
		Special: []string{
			"If a simpler model describes the data, the status is boundary and limit names it, instead of parameters near infinity.",
		},
		Source:       "Fader, Hardie & Lee (2005), \"Counting your customers\" the easy way, Marketing Science 24(2), eq. 6.",
		Expectations: whatFollows("bgnbd-predict.md"),
		Derivation: []string{
			"The likelihood is eq. 6 of the paper; its E[X(t)] and E[Y(t)], eqs. 9 and 10, are derived in the appendix.",
			"Step by step in a spreadsheet: Fader & Hardie, [note 004](http://brucehardie.com/notes/004/).",
			"P(alive): Fader, Hardie & Lee (2008), [note 021](http://brucehardie.com/notes/021/).",
			"The likelihood without overflow: Fader & Hardie (2013), [note 027](http://brucehardie.com/notes/027/).",
			"How it is computed here: the comments of core/betageo, with the equation on the line that implements it.",
		},
		NotFor: append(notForRepeatBuying[:len(notForRepeatBuying):len(notForRepeatBuying)],
			"Many customers never order again: the model takes all of them for active. Use MBG/NBD or Pareto/NBD."),
	},
	{
		ID:       "bgnbd/predict",
		Title:    "BG/NBD: predict",
		Question: "Who is active, and how many orders can you expect?",
		Module:   Customers,
		Func:     predict.BGNBDPredict,
		Example: predict.BetaGeoPredictInput{R: 0.242595, Alpha: 4.413602, A: 0.79292, B: 2.42589,
			Frequency: []float64{2, 26}, Recency: []float64{30.43, 30.857}, Age: []float64{38.86, 31}, Horizon: 39},
		Formula: `\begin{gathered} P(\text{alive}) = \left[1 + \mathbf{1}_{x>0}\,\frac{a}{b+x-1}\left(\frac{\alpha+T}{\alpha+t_x}\right)^{r+x}\right]^{-1} \\ E[Y(t)] = P(\text{alive}) \cdot E_p\!\left[\frac{1 - \left(1 + \frac{p\,t}{\alpha+T}\right)^{-(r+x)}}{p}\right], \quad p \sim \mathrm{Beta}(a, b+x) \end{gathered}`,
		Symbols: betaGeoSymbols,
		Assumptions: []string{
			"The parameters come from customers like these, in the same unit of time.",
			"Customers go on as they did while the data were collected.",
		},
		Special: []string{"Finite for every a and b: there is no pole at a = 1."},
		Source:  "Fader, Hardie & Lee (2005), eq. 10, as an expectation over p, which is finite where the printed form is not.",
	},
	{
		ID:       "mbgnbd/fit",
		Title:    "MBG/NBD: fit",
		Question: "How often do customers order, and how soon do they leave, including one-time customers?",
		Module:   Customers,
		Fits:     true,
		Func:     predict.MBGNBDFit,
		Example:  exampleHistories,
		Formula:  `L = \frac{B(a, b+x+1)}{B(a,b)} \frac{\Gamma(r+x)\,\alpha^r}{\Gamma(r)(\alpha+T)^{r+x}} + \frac{B(a+1, b+x)}{B(a,b)} \frac{\Gamma(r+x)\,\alpha^r}{\Gamma(r)(\alpha+t_x)^{r+x}}`,
		Symbols:  []Symbol{{TeX: "r", Field: "parameters.r"}, {TeX: `\alpha`, Field: "parameters.alpha"}, {TeX: "a", Field: "parameters.a"}, {TeX: "b", Field: "parameters.b"}, {TeX: "x", Field: "frequency"}, {TeX: "t_x", Field: "recency"}, {TeX: "T", Field: "age"}},
		Assumptions: append(historyAssumptions[:len(historyAssumptions):len(historyAssumptions)],
			"A customer can leave right after any order, the first included."),
		Special: []string{
			"If a simpler model describes the data, the status is boundary and limit names it.",
		},
		Source:       "Batislam, Denizel & Filiztekin (2007), Int. J. Research in Marketing 24(3); Hoppe & Wagner (2007), Marketing JRM 29(2).",
		Expectations: whatFollows("mbgnbd-predict.md"),
		Derivation: []string{
			"The likelihood: Batislam, Denizel & Filiztekin (2007), and independently Hoppe & Wagner (2007), who call the model CBG/NBD.",
			"A correction: Wagner & Hoppe (2008), Erratum on the MBG/NBD model, Int. J. Research in Marketing 25(3).",
			"All of it is the derivation of BG/NBD with one more opportunity to leave: B(a, b+x+1) where it has B(a, b+x).",
			"How it is computed here: the comments of core/betageo, with the equation on the line that implements it.",
		},
		NotFor: append(notForRepeatBuying[:len(notForRepeatBuying):len(notForRepeatBuying)],
			"Customers leave between orders, for example because they move away: in Pareto/NBD they can leave at any time."),
	},
	{
		ID:       "mbgnbd/predict",
		Title:    "MBG/NBD: predict",
		Question: "Who is active, and how many orders can you expect?",
		Module:   Customers,
		Func:     predict.MBGNBDPredict,
		Example: predict.BetaGeoPredictInput{R: 0.524843, Alpha: 6.18309, A: 0.89136, B: 1.614,
			Frequency: []float64{2, 0}, Recency: []float64{30.43, 0}, Age: []float64{38.86, 38.86}, Horizon: 39},
		Formula: `\begin{gathered} P(\text{alive}) = \left[1 + \frac{a}{b+x}\left(\frac{\alpha+T}{\alpha+t_x}\right)^{r+x}\right]^{-1} \\ E[Y(t)] = P(\text{alive}) \cdot E_p\!\left[\frac{1 - \left(1 + \frac{p\,t}{\alpha+T}\right)^{-(r+x)}}{p}\right], \quad p \sim \mathrm{Beta}(a, b+x+1) \end{gathered}`,
		Symbols: betaGeoSymbols,
		Assumptions: []string{
			"The parameters come from customers like these, in the same unit of time.",
			"Customers go on as they did while the data were collected.",
		},
		Source: "Batislam, Denizel & Filiztekin (2007), as an expectation over p.",
	},
	{
		ID:       "mbgcnbd/fit",
		Title:    "MBG/CNBD-k: fit",
		Question: "How often and how regularly do customers order, and how soon do they leave?",
		Module:   Customers,
		Fits:     true,
		Func:     predict.MBGCNBDFit,
		Example:  exampleGaps,
		Formula:  `\begin{gathered} L = \frac{\alpha^r e^{(k-1)L_g}}{\Gamma(r)\,\Gamma(k)^x} \left[ \frac{B(a, b+x+1)}{B(a,b)} \sum_{j=0}^{k-1} \frac{(T-t_x)^j}{j!} \frac{\Gamma(r+kx+j)}{(\alpha+T)^{r+kx+j}} \right. \\ \left. {} + \frac{B(a+1, b+x)}{B(a,b)} \frac{\Gamma(r+kx)}{(\alpha+t_x)^{r+kx}} \right] \end{gathered}`,
		Symbols: []Symbol{{TeX: "k", Field: "k"}, {TeX: "r", Field: "parameters.r"}, {TeX: `\alpha`, Field: "parameters.alpha"}, {TeX: "a", Field: "parameters.a"}, {TeX: "b", Field: "parameters.b"}, {TeX: "x", Field: "frequency"}, {TeX: "t_x", Field: "recency"},
			{TeX: "T", Field: "age"}, {TeX: "L_g", Field: "log_gaps"}},
		Assumptions: []string{
			"While active, a customer orders at a pace of their own that does not change: no season, no trend.",
			"The time between two orders is a sum of k random stages: the larger k, the more regular. k is the same for all customers.",
			"A customer can leave right after any order, the first included.",
			"Pace and the probability of leaving differ between customers, independently of each other.",
		},
		Special: []string{
			"k = 1 is exactly MBG/NBD. k rises as long as the likelihood does, and is used if twice the gain exceeds 2.",
			"k is at most 12. If the data need more, a warning says that they look like a subscription.",
			"If a simpler model describes the data, the status is boundary and limit names it.",
		},
		Source:       "Platzer & Reutterer (2016), Marketing Science 35(5); Reutterer, Platzer & Schröder (2021), Int. J. Research in Marketing 38(1).",
		Expectations: whatFollows("mbgcnbd-predict.md"),
		Derivation: []string{
			"The likelihood and P(alive): Reutterer, Platzer & Schröder (2021), eqs. 7 and 8.",
			"Expected orders: an approximation there, exact here, as derived in the comments of core/mbgcnbd.",
		},
		NotFor: []string{
			"Customers have contracts and cancel them: use sbg/fit.",
			"Orders follow a season or a trend: the model knows neither, and mistakes a quiet month for churn.",
			"Some customers order at fixed intervals and others at random: k is the same for all customers.",
		},
	},
	{
		ID:       "mbgcnbd/predict",
		Title:    "MBG/CNBD-k: predict",
		Question: "Who is active, and how many orders can you expect, if customers order regularly?",
		Module:   Customers,
		Func:     predict.MBGCNBDPredict,
		Example: predict.StagesPredictInput{K: 2, R: 0.9, Alpha: 6, A: 0.5, B: 1.5,
			Frequency: []float64{3, 0}, Recency: []float64{22.5, 0}, Age: []float64{40, 40}, Horizon: 26},
		Formula: `\begin{gathered} P(\text{alive}) = \left[1 + \frac{a}{b+x} \frac{\left(\frac{\alpha+T}{\alpha+t_x}\right)^{r+kx}}{\sum_{j<k} w_j}\right]^{-1}, \quad w_j = \frac{(r+kx)_j}{j!} \left(\frac{T-t_x}{\alpha+T}\right)^j \\ E[Y(t)] = P(\text{alive}) \sum_{j<k} \frac{w_j}{\sum_i w_i} \sum_{n=1}^{\infty} \frac{B(a, b+x+n)}{B(a, b+x+1)} \, I_{\frac{t}{\alpha+T+t}}(kn-j,\; r+kx+j) \end{gathered}`,
		Symbols: append([]Symbol{{TeX: "k", Field: "k"}}, betaGeoSymbols...),
		Assumptions: []string{
			"The parameters come from customers like these, in the same unit of time.",
			"Customers go on as they did while the data were collected.",
		},
		Special: []string{"The sum over n is computed to the last digit, however long the horizon."},
		Source:  "Reutterer, Platzer & Schröder (2021), eq. 8; the expectation is exact where theirs is approximate.",
	},
	{
		ID:       "paretonbd/fit",
		Title:    "Pareto/NBD: fit",
		Question: "How often do customers order, and how long do they stay, if they can leave at any time?",
		Module:   Customers,
		Fits:     true,
		Func:     predict.ParetoNBDFit,
		Example:  exampleHistories,
		Formula:  `L = (r)_x \, \alpha^r \beta^s \left[ (\alpha+T)^{-(r+x)} (\beta+T)^{-s} + s \int_{t_x}^{T} (\alpha+y)^{-(r+x)} (\beta+y)^{-(s+1)} \, dy \right]`,
		Symbols:  []Symbol{{TeX: "r", Field: "parameters.r"}, {TeX: `\alpha`, Field: "parameters.alpha"}, {TeX: "s", Field: "parameters.s"}, {TeX: `\beta`, Field: "parameters.beta"}, {TeX: "x", Field: "frequency"}, {TeX: "t_x", Field: "recency"}, {TeX: "T", Field: "age"}},
		Assumptions: append(historyAssumptions[:len(historyAssumptions):len(historyAssumptions)],
			"A customer can leave at any time, whether they order or not."),
		Special: []string{
			"If a simpler model describes the data, the status is boundary and limit names it.",
		},
		Source:       "Schmittlein, Morrison & Colombo (1987), Management Science 33(1); the likelihood before it is written with 2F1.",
		Expectations: whatFollows("paretonbd-predict.md"),
		Derivation: []string{
			"The likelihood, P(alive) and E[Y(t)], step by step: Fader & Hardie (2005), [note 009](http://brucehardie.com/notes/009/).",
			"The probability of n orders: [note 012](http://brucehardie.com/notes/012/), and given a history [note 028](http://brucehardie.com/notes/028/).",
			"Discounted future orders: Fader, Hardie & Lee (2005), RFM and CLV, J. Marketing Research 42(4).",
			"Here the integral before it is turned into 2F1 is taken by quadrature: the comments of core/paretonbd say how, and how exactly.",
		},
		NotFor: append(notForRepeatBuying[:len(notForRepeatBuying):len(notForRepeatBuying)],
			"You want to interpret the parameters: often the data hardly determine s and beta separately, although predictions are reliable. Look at identifiability and the standard errors."),
	},
	{
		ID:       "paretonbd/predict",
		Title:    "Pareto/NBD: predict",
		Question: "Who is active, and how many orders can you expect?",
		Module:   Customers,
		Func:     predict.ParetoNBDPredict,
		Example: predict.ParetoPredictInput{R: 0.55327, Alpha: 10.5777, S: 0.60625, Beta: 11.669,
			Frequency: []float64{2, 26}, Recency: []float64{30.43, 30.857}, Age: []float64{38.86, 31}, Horizon: 39},
		Formula: `\begin{gathered} P(\text{alive}) = \left[1 + s \int_{t_x}^{T} \left(\frac{\alpha+T}{\alpha+y}\right)^{r+x} \left(\frac{\beta+T}{\beta+y}\right)^{s} \frac{dy}{\beta+y}\right]^{-1} \\ E[Y(t)] = P(\text{alive}) \cdot \frac{r+x}{\alpha+T} \int_0^t \left(\frac{\beta+T}{\beta+T+u}\right)^{s} du \end{gathered}`,
		Symbols: []Symbol{{TeX: "r", Field: "r"}, {TeX: `\alpha`, Field: "alpha"}, {TeX: "s", Field: "s"}, {TeX: `\beta`, Field: "beta"}, {TeX: "x", Field: "frequency"}, {TeX: "t_x", Field: "recency"}, {TeX: "T", Field: "age"}, {TeX: "t", Field: "horizon"}},
		Assumptions: []string{
			"The parameters come from customers like these, in the same unit of time.",
			"Customers go on as they did while the data were collected.",
		},
		Special: []string{"Finite for every s: there is no pole at s = 1."},
		Source:  "Schmittlein, Morrison & Colombo (1987); Fader & Hardie (2005), A note on deriving the Pareto/NBD model.",
	},
	{
		ID:       "bgbb/fit",
		Title:    "BG/BB: fit",
		Question: "How do customers behave who can buy only at fixed opportunities, such as once a year?",
		Module:   Customers,
		Fits:     true,
		Func:     predict.BGBBFit,
		Example: predict.OpportunityInput{
			Frequency:     []float64{0, 1, 1, 2, 2, 3, 4, 6},
			Recency:       []float64{0, 1, 6, 2, 6, 6, 6, 6},
			Opportunities: []float64{6, 6, 6, 6, 6, 6, 6, 6},
			Weights:       []float64{3464, 1091, 372, 445, 613, 1000, 900, 1203}},
		Formula: `L = \frac{B(\alpha+x, \beta+n-x)}{B(\alpha,\beta)} \frac{B(\gamma, \delta+n)}{B(\gamma,\delta)} + \sum_{i=0}^{n-t_x-1} \frac{B(\alpha+x, \beta+t_x-x+i)}{B(\alpha,\beta)} \frac{B(\gamma+1, \delta+t_x+i)}{B(\gamma,\delta)}`,
		Symbols: []Symbol{{TeX: `\alpha`, Field: "parameters.alpha"}, {TeX: `\beta`, Field: "parameters.beta"}, {TeX: `\gamma`, Field: "parameters.gamma"}, {TeX: `\delta`, Field: "parameters.delta"},
			{TeX: "x", Field: "frequency"}, {TeX: "t_x", Field: "recency"}, {TeX: "n", Field: "opportunities"}},
		Assumptions: []string{
			"At each opportunity an active customer buys with a probability of their own, and leaves before the next with another.",
			"Both differ between customers independently of each other.",
		},
		Special: []string{
			"If a simpler model describes the data, the status is boundary and limit names it.",
		},
		Source:       "Fader, Hardie & Shang (2010), Customer-base analysis in a discrete-time noncontractual setting, Marketing Science 29(6).",
		Expectations: whatFollows("bgbb-predict.md"),
		Derivation: []string{
			"All of it in the paper's appendix; the likelihood is its eq. 5.",
			"Step by step in a spreadsheet: Fader & Hardie, [note 010](http://brucehardie.com/notes/010/).",
			"How it is computed here: the comments of core/bgbb, with the equation on the line that implements it.",
		},
		NotFor: []string{
			"Customers can buy at any time: counting their orders by period loses the dates, and all but one order per period. Use BG/NBD, MBG/NBD or Pareto/NBD.",
			"Customers have contracts and cancel them: use sbg/fit.",
			"Opportunities differ, such as donations before Christmas and in summer: the model assumes that all are alike.",
			"There are fewer than three opportunities: customers who buy seldom and customers who leave early then look the same.",
		},
	},
	{
		ID:       "bgbb/predict",
		Title:    "BG/BB: predict",
		Question: "Who is active, and how many purchases can you expect?",
		Module:   Customers,
		Func:     predict.BGBBPredict,
		Example: predict.BGBBPredictInput{Alpha: 1.203522, Beta: 0.749716, Gamma: 0.656718, Delta: 2.783443,
			Frequency: []float64{0, 2, 6}, Recency: []float64{0, 4, 6}, Opportunities: []float64{6, 6, 6}, Horizon: 5},
		Formula: `\begin{gathered} P(\text{alive}) = \left[1 + \sum_{i=0}^{n-t_x-1} \frac{B(\alpha+x, \beta+t_x-x+i)}{B(\alpha+x, \beta+n-x)} \frac{B(\gamma+1, \delta+t_x+i)}{B(\gamma, \delta+n)}\right]^{-1} \\ E[X(n, n+h)] = P(\text{alive}) \cdot \frac{\alpha+x}{\alpha+\beta+n} \sum_{i=1}^{h} \frac{B(\gamma, \delta+n+i)}{B(\gamma, \delta+n)} \end{gathered}`,
		Symbols: []Symbol{{TeX: `\alpha`, Field: "alpha"}, {TeX: `\beta`, Field: "beta"}, {TeX: `\gamma`, Field: "gamma"}, {TeX: `\delta`, Field: "delta"}, {TeX: "x", Field: "frequency"},
			{TeX: "t_x", Field: "recency"}, {TeX: "n", Field: "opportunities"}, {TeX: "h", Field: "horizon_opportunities"}},
		Assumptions: []string{"The parameters come from customers like these.", "p_alive is after the last observed opportunity; the paper gives it one opportunity later."},
		Source:      "Fader, Hardie & Shang (2010).",
	},
	{
		ID:       "gammagamma/fit",
		Title:    "Gamma-Gamma: fit",
		Question: "How much do customers spend per order, and how much do they differ?",
		Module:   Customers,
		Fits:     true,
		Func:     predict.GammaGammaFit,
		Example:  exampleSpend,
		Formula:  `L = \frac{\Gamma(px+q)}{\Gamma(px)\,\Gamma(q)} \frac{\gamma^q \, \bar{z}^{\,px-1} x^{px}}{(\gamma + x\bar{z})^{px+q}}`,
		Symbols:  []Symbol{{TeX: "p", Field: "parameters.p"}, {TeX: "q", Field: "parameters.q"}, {TeX: `\gamma`, Field: "parameters.gamma"}, {TeX: "x", Field: "frequency"}, {TeX: `\bar{z}`, Field: "mean_spend"}},
		Assumptions: []string{
			"A customer's orders vary around a mean of their own; the means differ between customers.",
			"Spend is unrelated to frequency. Every fit tests this.",
		},
		Special: []string{"With q of 1 or less, mean spend has no limit. Expected spend then uses the median, and a warning says so."},
		Source:  "Colombo & Jiang (1999), J. Interactive Marketing 13(3); Fader & Hardie (2013), The Gamma-Gamma model of monetary value.",
		Expectations: []string{
			"The expected amount of a customer's next orders: [Gamma-Gamma: predict](gammagamma-predict.md), with its formula.",
			"The expected amount of a new customer's orders: pγ/(q − 1), in population_mean_spend.",
		},
		Derivation: []string{
			"Step by step: Fader & Hardie (2013), [note 025](http://brucehardie.com/notes/025/); the likelihood is its eq. 1a, the expectation its eq. 5.",
			"Its use beside a model of orders: Fader, Hardie & Lee (2005), RFM and CLV, J. Marketing Research 42(4).",
		},
		NotFor: []string{
			"Customers who order more often spend more, or less, per order. Every fit tests this; customers/value then uses means and variances.",
			"Orders of zero or refunds matter: the model uses only positive amounts and skips the others.",
			"A customer's spend rises or falls over time: the model assumes a constant mean.",
			"A few orders are very large: with q of 1 or less, the mean has no limit.",
		},
	},
	{
		ID:       "gammagamma/predict",
		Title:    "Gamma-Gamma: predict",
		Question: "How much will a customer spend on the next orders?",
		Module:   Customers,
		Func:     predict.GammaGammaPredict,
		Example: predict.SpendPredictInput{P: 6.249349, Q: 3.744256, Gamma: 15.444307,
			Frequency: []float64{2, 1, 0}, MeanSpend: []float64{22.35, 11.77, 0}},
		Formula:     `E[M \mid x, \bar{z}] = \frac{p\,(\gamma + x\bar{z})}{p\,x + q - 1}`,
		Symbols:     []Symbol{{TeX: "p", Field: "p"}, {TeX: "q", Field: "q"}, {TeX: `\gamma`, Field: "gamma"}, {TeX: "x", Field: "frequency"}, {TeX: `\bar{z}`, Field: "mean_spend"}},
		Assumptions: []string{"The parameters come from customers like these, in the same currency."},
		Special:     []string{"If px + q is 1 or less, the expectation has no limit and the median is used."},
		Source:      "Fader & Hardie (2013), The Gamma-Gamma model of monetary value, eq. 5.",
	},
}
