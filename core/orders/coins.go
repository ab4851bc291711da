package orders

// Codes and names of currencies that no state issues, after normalise: those that processors of payments (Coinbase Commerce, BitPay, NOWPayments) take, without
// the ones that are words too, such as SOL.
const coins = "btc|xbt|eth|ltc|bch|xrp|doge|usdt|usdc|bnb|trx|xmr|zec|shib|bitcoin|ethereum|litecoin|satoshi|satoshis|sats|crypto|cryptocurrency"

// saysCoin reports whether a cell is the code of such a currency, or an amount of it.
func saysCoin(text []byte) bool {
	start, end := 0, len(text)
	for start < end && text[start]|0x20 < 'a' {
		start++
	}
	for end > start && text[end-1]|0x20 < 'a' {
		end--
	}
	return end-start >= 3 && end-start <= 5 && listed(coins, lower(text[start:end]))
}

// ofCoins reports whether the column has amounts of coins: by its name, its cells, or the column of currencies that belongs to it.
func (m *mapper) ofCoins(column int) bool {
	c := &m.stats[column-1]
	if says(c.name, coins) || c.mostlyCoins() {
		return true
	}
	k := m.currencyOf(column)
	return k > 0 && m.stats[k-1].mostlyCoins()
}

func (c *columnStats) mostlyCoins() bool { return c.cells.coins*2 > c.cells.filled }

// currencyOf is the column of currencies that belongs to an amount, as "Paid currency" does to "Paid amount"; 0 for none.
func (m *mapper) currencyOf(column int) int {
	first, _ := nextWord(m.stats[column-1].name)
	for i := range m.stats {
		if s := &m.stats[i]; s.meaning&ofCurrency != 0 {
			if word, rest := nextWord(s.name); string(word) == string(first) && len(rest) > 0 {
				return i + 1
			}
		}
	}
	return 0
}

// settleCoins takes money for the revenue where the amount found is in coins, and asks.
func (m *mapper) settleCoins() {
	at := m.columns[RoleAmount]
	if at < 1 || at > len(m.stats) || !m.free(RoleAmount) || !m.ofCoins(at) {
		return
	}
	best, money := 0, 0
	for i := range m.stats {
		s := &m.stats[i]
		score := nameScore(RoleAmount, s.meaning, s.unknown)
		if score > best && !taken(m.columns, i) && s.cells.numbers*2 > len(s.values) && s.cells.zeros < s.cells.numbers && s.fits(RoleAmount) && !m.ofCoins(i+1) {
			best, money = score, i+1
		}
	}
	if money == 0 {
		return
	}
	m.ask(Question{Code: QuestionAmount, Column: money, Other: at})
	m.columns[RoleAmount], m.runnerUp[RoleAmount], m.basis[RoleAmount] = money, at, BasisName
	if c := m.column(RoleCurrency); m.free(RoleCurrency) && c != nil && c.mostlyCoins() {
		m.columns[RoleCurrency] = m.currencyOf(money)
	}
}
