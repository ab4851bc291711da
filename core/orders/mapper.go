package orders

import (
	"bytes"
	"math"
	"slices"
)

// mapper settles which column has which role.
type mapper struct {
	stats      []columnStats
	report     *Report
	opts       *Options
	columns    [NumRoles]int
	basis      [NumRoles]Basis
	rule       *presetRule
	codes      [2]bool           // status and type hold codes that say nothing
	documents  *documentCodes    // that the type column has
	numbered   *numberedStatuses // that the status column has
	lineType   bool              // the type column is of lines: heads, items, payments
	runnerUp   [NumRoles]int
	parts      [2]int           // columns of the month and the day, where that of the date has the year alone
	every      int32            // days that a number counts, 0 where there are dates
	pivot      []pivotColumn    // of a table of months
	adjusted   int              // the column of amounts as they are after a change, 0 for none
	afterFees  int              // the column of what fees have left of the amount, 0 for none
	months     bool             // the dates have no days
	six        sixForm          // of dates in six digits
	monthLines bool             // days stand below lines with their month
	yearless   bool             // the dates have no years
	datev      bool             // the file is a stack of postings
	through    bool             // and are of several
	scores     [NumRoles][2]int // of the column taken and of the runner-up
}

// column is what is known of a role's column, nil where there is none.
func (m *mapper) column(role Role) *columnStats {
	if c := m.columns[role]; c > 0 && c <= len(m.stats) {
		return &m.stats[c-1]
	}
	return nil
}

// based says what all roles rest on.
func (m *mapper) based(b Basis) {
	for role, c := range m.columns {
		if c > 0 && m.basis[role] == BasisNone {
			m.basis[role] = b
		}
	}
}

// roleOrder is that in which roles take their columns: the surest names first.
var roleOrder = [...]Role{RoleEmail, RolePhone, RoleDate, RoleCurrency, RoleStatus, RoleType, RoleCancelled, RoleRefunded,
	RoleAmount, RoleQuantity, RoleID, RoleOrder, RoleName}

func (m *mapper) fromNames() {
	if m.opts.Preset != PresetNone {
		if m.rule = findPreset(m.stats, m.opts.Preset); m.rule != nil {
			m.columns = m.rule.resolve(m.stats)
			m.based(BasisPreset)
			for _, role := range [...]Role{RoleEmail, RolePhone, RoleName} {
				m.take(role)
			}
			m.takeSpeaking(RoleStatus)
			for _, role := range [...]Role{RoleRefunded, RoleCancelled} {
				m.takeFlag(role)
			}
			m.based(BasisName)
			m.presetCodes()
			return
		}
	}
	if m.takeDatev() {
		m.based(BasisName)
		return
	}
	m.takeEvents()
	for _, role := range roleOrder {
		m.take(role)
	}
	m.cancelledByReason()
	m.typeOfStates()
	m.takeLineType()
	m.takeDocuments()
	m.takeCodes()
	if c := m.column(RoleStatus); c != nil && c.spoken() > 0 && c.cells.paid+c.cells.closed == 0 && c.cells.statuses == c.cells.aside { // none of its words for an order is known
		m.codes[0] = c.cells.statuses == 0 || c.cells.statuses < c.distinct()
	}
	m.statusByContents()
	m.typeByContents()
	m.based(BasisName)
}

// unitIn is what one of an amount's numbers stands for, as its name says: a hundredth, a thousand, a million; 1 where it says nothing.
func unitIn(name []byte) float64 {
	words := normalise(name)
	if says(words, wordsEach) {
		return 1
	}
	for _, u := range units {
		if says(words, u.words) {
			return u.unit
		}
		for _, sign := range [...]string{"€", "$", "£", "¥"} {
			for _, letter := range u.letters {
				if beside(name, sign+string(letter)) || beside(name, string(letter)+sign) {
					return u.unit
				}
			}
		}
	}
	return 1
}

var units = [...]struct {
	unit           float64
	words, letters string
}{
	{0.01, "cents|pence|centimes|centavos|centesimi|eurocent|kopeks|fils|in cent|ct|in ct|minor|subunit|subunits|smallest unit|grosze|haleru|ore|oren", ""},
	{1000, "thousand|thousands|000|000 s|tsd|tausend|milliers|miles de|en miles|milhares|migliaia|duizend|duizenden|tys|тыс|тысяч|тысячах|千円|千元|천원|tkr|" +
		"teur|tusd|tgbp|tchf|tsek|tnok|tdkk|keur|kusd|kgbp|kchf|ksek|knok|kdkk|k eur|k usd|k gbp|k chf|t eur", "TkK"},
	{10000, "万円|万元|만원", ""},
	{1e6, "million|millions|mio|mln|millionen|millones|milhoes|milioni|miljoen|млн|百万円|百萬|백만원|meur|musd|mgbp|mchf|msek|mnok|mdkk|m eur|m usd|m gbp|m chf", "mM"},
}

// wordsEach stand before a number that a price is for: costs per thousand.
const wordsEach = "per|pro|par|por|cpm"

// beside reports whether a unit stands in a name as a word of its own.
func beside(name []byte, unit string) bool {
	at := bytes.Index(name, []byte(unit))
	letter := func(i int) bool {
		return i >= 0 && i < len(name) && (name[i]|0x20 >= 'a' && name[i]|0x20 <= 'z' || name[i]-'0' <= 9)
	}
	return at >= 0 && !letter(at-1) && !letter(at+len(unit))
}

// wholeUnits are the currencies that Stripe's API counts in whole units, after normalise. Source: docs.stripe.com/currencies, zero-decimal currencies.
const wholeUnits = "bif|clp|djf|gnf|jpy|kmf|krw|mga|pyg|rwf|ugx|vnd|vuv|xaf|xof|xpf"

// WholeUnits reports whether a currency, by its code, has no smaller unit in the APIs of payments.
func WholeUnits(code string) bool { return listed(wholeUnits, normalise([]byte(code))) }

// minorUnits reports whether another column has the same amounts as people read them, or whether the rows are objects of Stripe's API or Klarna's, whose amounts are whole numbers of the smallest unit of their
// currency: each says what it is, and what was refunded, captured or paid.
func (m *mapper) minorUnits() bool {
	amount := m.column(RoleAmount)
	if i := findName(m.stats, string(amount.name)+" formatted"); i > 0 && hundredfold(amount.values, m.stats[i-1].values) {
		return true
	}
	if amount.cells.fractions == 0 && findName(m.stats, "purchase currency") > 0 && findName(m.stats, "order tax amount|captured amount|remaining authorized amount|original order amount") > 0 {
		return true // Klarna's API
	}
	return amount.cells.fractions == 0 && m.columns[RoleCurrency] > 0 && findName(m.stats, "object") > 0 &&
		findName(m.stats, "amount refunded|amount captured|amount received|amount paid|amount due|amount total") > 0
}

// hundredfold reports whether each number is a hundred times the other, and some are not zero.
func hundredfold(a, b []float64) bool {
	some := false
	for i, v := range a {
		if v != v || i >= len(b) || b[i] != b[i] || v == 0 {
			continue
		}
		if !near(v/100, b[i]) {
			return false
		}
		some = true
	}
	return some
}

// typeOfStates takes a column of types for that of statuses where it tells how payments stand and not what they are: what is "Refunded" beside "Settled"
// and "Refused" is an order that was, and no row that takes back another.
func (m *mapper) typeOfStates() {
	c := m.column(RoleType)
	if c == nil && m.columns[RoleStatus] == 0 {
		for i := range m.stats {
			if s := &m.stats[i]; s.event && s.cells.states > 1 && s.cells.sales+s.cells.visits == 0 && s.distinct() <= maxStates && !taken(m.columns, i) && m.free(RoleStatus) {
				m.columns[RoleStatus] = i + 1
				return
			}
		}
	}
	if c == nil || m.columns[RoleStatus] != 0 || !m.free(RoleType) || !m.free(RoleStatus) || c.cells.states < 2 || c.cells.sales > 0 {
		return
	}
	m.columns[RoleStatus], m.columns[RoleType] = m.columns[RoleType], 0
}

// cancelledByReason takes, where no column says how an order stands, the one that says why some were cancelled.
func (m *mapper) cancelledByReason() {
	if m.columns[RoleStatus] != 0 || m.columns[RoleCancelled] != 0 || !m.free(RoleCancelled) {
		return
	}
	for i := range m.stats {
		s := &m.stats[i]
		why := s.meaning&ofCancelled != 0 && says(s.name, "reason|grund|motif|raison|motivo|razon|causa|reden|powod|przyczyna|orsak|anledning|sebebi|nedeni|причина|理由|原因|사유|سبب") || says(s.name, "stornogrund|stornierungsgrund")
		if why && s.cells.filled > 0 && s.cells.filled*2 < len(s.values) && !taken(m.columns, i) {
			m.columns[RoleCancelled] = i + 1
			return
		}
	}
}

// takeCodes takes columns of a status or type whose few values say nothing, such as 700 and 900, or SI and SC: they are
// asked about.
func (m *mapper) takeCodes() {
	m.takeNumbered()
	for k, role := range [...]Role{RoleStatus, RoleType} {
		if m.columns[role] != 0 || role == RoleType && m.signed() {
			continue
		}
		best := 0
		for i := range m.stats {
			s := &m.stats[i]
			score := nameScore(role, s.meaning, s.unknown)
			n := s.distinct()
			few := n > 1 && n <= maxCodes && (s.spoken() >= 4*n || role == RoleStatus && score >= scoreFair && s.spoken() > n && s.cells.numbers == s.cells.filled)
			if score > best && score >= scoreWeak && few && s.unknown == 0 && s.short() && s.meaning&(ofShipping|ofLine) == 0 && !taken(m.columns, i) {
				best, m.columns[role], m.codes[k] = score, i+1, true
			}
		}
	}
}

// presetCodes finds out whether the types of a known export are codes that say nothing, as a program's own are: F2, RE.
func (m *mapper) presetCodes() {
	c := m.column(RoleType)
	m.takeDocuments()
	m.codes[1] = m.documents == nil && c != nil && m.free(RoleType) && c.cells.statuses == 0 && c.spoken() > 0 && c.distinct() <= maxCodes && c.short()
}

// statusByContents takes a column whose name says nothing and whose few values are all words of statuses, some of them of
// what is no order; or one that is named for payments and says of all how they stand.
func (m *mapper) statusByContents() {
	for i := range m.stats {
		s := &m.stats[i]
		payment := s.meaning&^ofNothing == ofPayment && s.unknown == 0 && s.cells.paid > 0 && s.cells.paid+s.cells.aside == s.distinct()
		named := s.unknown > 0 && s.meaning&^ofNothing == 0 || s.meaning&^ofNothing == ofName && s.cells.paid > 0 // that of the status, in a query
		if m.columns[RoleStatus] != 0 || taken(m.columns, i) && i+1 != m.columns[RoleName] || !payment && (!named || s.cells.aside == 0) {
			continue
		}
		if n := s.distinct(); n > 1 && n <= maxStates && s.cells.statuses >= n && s.spoken() > n && s.spoken()*2 >= len(s.values) {
			m.columns[RoleStatus], m.basis[RoleStatus] = i+1, BasisContents
			if i+1 == m.columns[RoleName] {
				m.columns[RoleName] = 0
				m.take(RoleName)
			}
		}
	}
}

// typeByContents takes a column whose name says nothing and whose few values are all words of types, some of them of refunds, where no sign of the amounts tells
// those: charge and refund in a column "Action".
func (m *mapper) typeByContents() {
	if m.columns[RoleType] != 0 || m.columns[RoleRefunded] != 0 || m.signed() {
		return
	}
	for i := range m.stats {
		s := &m.stats[i]
		of := s.meaning &^ ofNothing // "Document" may tell what it is
		if (s.unknown == 0 || of != 0) && of != ofDocument || taken(m.columns, i) && i+1 != m.columns[RoleOrder] || s.cells.returns == 0 || s.cells.returns == s.spoken() {
			continue
		}
		if n := s.distinct(); n > 1 && n <= maxStates && s.cells.statuses >= n && s.spoken() > n && s.spoken() == len(s.values) {
			m.columns[RoleType], m.basis[RoleType] = i+1, BasisContents
			if m.columns[RoleOrder] == i+1 && m.free(RoleOrder) {
				m.columns[RoleOrder] = 0
				m.take(RoleOrder)
			}
			return
		}
	}
}

// takeEvents takes the column of a log's events, visits among them, for the types: those that are no sale are no orders.
func (m *mapper) takeEvents() {
	for i := range m.stats {
		s := &m.stats[i]
		if m.columns[RoleType] == 0 && s.event && s.cells.visits > 0 && s.cells.statuses > 0 {
			m.columns[RoleType] = i + 1
		}
	}
}

// maxStates is how many values a column of statuses has, where no name says that it is one.
const maxStates = 12

// askCells asks about rows with more cells than the header has names: columns are shifted, or amounts have commas.
func (m *mapper) askCells() {
	for i := len(m.report.Names); i < len(m.stats); i++ {
		if c := &m.stats[i].cells; c.filled > 0 && c.filled*10 >= len(m.stats[i].values)*9 {
			m.ask(Question{Code: QuestionCells, Column: i + 1})
			return
		}
	}
}

// maxCodes is how many codes a column of statuses or types has at most.
const maxCodes = 8

// signed reports whether some amounts are negative, or a column has what went back: then types are not needed to see refunds.
func (m *mapper) signed() bool {
	return m.column(RoleAmount) == nil || m.columns[RoleRefunded] > 0 || m.negative()
}

// negative reports whether some amounts are: refunds are rows of their own.
func (m *mapper) negative() bool {
	c := m.column(RoleAmount)
	return c != nil && slices.ContainsFunc(c.values, func(v float64) bool { return v < 0 })
}

// netOfRefunds reports whether the amounts are what is left after the refunds of their column: those exceed them, or
// another column is their sum.
func (m *mapper) netOfRefunds() bool {
	amount, back := m.column(RoleAmount), m.column(RoleRefunded)
	if amount == nil || back == nil || back.yesOrNo() || saysWhether(back.meaning) {
		return false
	}
	exceeds, rows := 0, 0
	for k, v := range back.values {
		if k < len(amount.values) && math.Abs(v) >= halfCent && amount.values[k] == amount.values[k] {
			rows++
			if math.Abs(v) > math.Abs(amount.values[k])+halfCent {
				exceeds++
			}
		}
	}
	if rows == 0 {
		return false
	}
	if exceeds*10 >= rows {
		return true
	}
	for i := range m.stats {
		s := &m.stats[i]
		if i+1 == m.columns[RoleAmount] || i+1 == m.columns[RoleRefunded] || s.meaning&ofMoney == 0 {
			continue
		}
		hits := 0
		for k, v := range back.values {
			if k < len(s.values) && k < len(amount.values) && math.Abs(v) >= halfCent && near(s.values[k]-math.Abs(v), amount.values[k]) {
				hits++
			}
		}
		if hits >= 2 && hits*10 >= rows*9 {
			return true
		}
	}
	return false
}

// Names, after normalise, of columns that say yes for a trial, and of columns that tell what a line is.
const (
	trialNames    = "trial|is trial|is trial period|trial period"
	lineTypeNames = "line type|row type|record type|line item type|entry type|zeilentyp|satzart|zeilenart|type de ligne|tipo de linea|tipo de linha|tipo riga|regeltype|typ wiersza|radtyp|satir turu|тип строки|行タイプ|行の種類|行类型|نوع السطر"
	lineWords     = "line|lines|item|items|position|positionen|artikel|ligne|lignes|linea|lineas|linha|riga|regel|pozycja|rad|rader|kalem|строка|позиция|明細|明细|품목|بند"
)

// postedNames are those of columns that say whether a document was entered in the books.
const postedNames = "posted|is posted|проведен|проведён|gebucht|verbucht|comptabilise|contabilizado|contabilizzato|geboekt|zaksiegowano|bogford"

// Names, after normalise, of columns about disputes: that there was one, how it ended, that the shop won it.
const (
	disputeNames   = "disputed|is disputed|dispute|has dispute|chargeback|chargebacked|charged back|is chargeback"
	disputeResults = "dispute status|dispute outcome|dispute result|dispute state|chargeback status|chargeback outcome"
	wonNames       = "dispute won|disputes won|dispute is won|won dispute|chargeback won|chargeback reversed"
)

// backInFull is the column that says of which orders all the money went back, beside that of how much did; -1 for none.
func (m *mapper) backInFull() int {
	back := m.column(RoleRefunded)
	if back == nil {
		return -1
	}
	for i := range m.stats {
		if s := &m.stats[i]; s.cells.full > 0 && s.cells.numbers == 0 && s.distinct() <= maxStates && !taken(m.columns, i) {
			return i
		}
	}
	return -1
}

// disputes are the columns about disputes: of yes and no or of how they ended, and of those won; -1 for none.
func (m *mapper) disputes() (dispute, won int) {
	dispute, won = m.flagColumn(disputeNames), m.flagColumn(wonNames)
	if dispute >= 0 {
		return dispute, won
	}
	if i := findName(m.stats, disputeResults) - 1; i >= 0 && !taken(m.columns, i) {
		return i, -1
	}
	return -1, -1
}

// takeLineType takes a column that tells heads of orders from their items for the type.
func (m *mapper) takeLineType() {
	for i := range m.stats {
		s := &m.stats[i]
		if m.columns[RoleType] == 0 && listed(lineTypeNames, s.name) && s.cells.statuses > 0 && !taken(m.columns, i) {
			m.columns[RoleType], m.lineType = i+1, true
		}
	}
}

// ofLines reports whether the type column has goods and what is added to their order, in rows of one number.
func (m *mapper) ofLines() bool {
	c, order := m.column(RoleType), m.column(RoleOrder)
	return c != nil && order != nil && c.cells.goods > 0 && c.cells.extras > 0 && order.distinct() < order.spoken()
}

// payee is the column of who gets the money of a payment, -1 for none: mostly the shop's own address, and the customer's
// where a payment goes back.
func (m *mapper) payee() int {
	id := m.column(RoleID)
	if id == nil || m.columns[RoleType] == 0 || !m.free(RoleID) || id.cells.emails*2 < id.cells.filled {
		return -1
	}
	for i := range m.stats {
		s := &m.stats[i]
		if i+1 != m.columns[RoleID] && s.cells.emails > 0 && s.cells.emails*10 >= s.cells.filled*9 && s.spoken() >= 4 && s.distinct()*2 <= s.spoken() && s.distinct() < id.distinct() {
			return i
		}
	}
	return -1
}

// flagColumn is the column with one of the names that says yes for what is no order, a test or a trial, -1 for none.
func (m *mapper) flagColumn(names string) int {
	for i := range m.stats {
		s := &m.stats[i]
		if s.test && listed(names, s.name) && s.cells.filled > 0 && s.yesOrNo() && !taken(m.columns, i) {
			return i
		}
	}
	return -1
}

// paidFlag is the column that says whether a row was paid by yes or no, -1 for none.
func (m *mapper) paidFlag() int {
	for i := range m.stats {
		s := &m.stats[i]
		if m.rule == nil && (s.unknown == 0 || listed(postedNames, s.name)) && s.cells.zeros < s.cells.filled && (s.meaning&ofPayment != 0 && s.meaning&^(ofPayment|ofOrder|ofDocument|ofNothing) == 0 || listed(postedNames, s.name)) && s.yesOrNo() && s.cells.filled*2 > len(s.values) && !taken(m.columns, i) {
			return i
		}
	}
	return -1
}

// secondStatus is another column of statuses, -1 for none: the order's beside the payment's, say.
func (m *mapper) secondStatus() int {
	best, at := 0, -1
	if m.columns[RoleStatus] == 0 || !m.free(RoleStatus) || m.rule != nil {
		return at
	}
	for i := range m.stats {
		s := &m.stats[i]
		score := nameScore(RoleStatus, s.meaning, s.unknown)
		if score > best && s.meaning&ofShipping == 0 && s.cells.statuses > 0 && (s.distinct() > 1 || s.cells.aside > 0 && s.cells.filled < len(s.values)) && s.fits(RoleStatus) && !taken(m.columns, i) {
			best, at = score, i
		}
	}
	return at
}

// ofPayments reports whether a column is named for payments.
func (m *mapper) ofPayments(column int) bool {
	return column >= 0 && column < len(m.stats) && (m.stats[column].meaning&(ofPayment|ofDocument) != 0 || hasWord(m.stats[column].name, "financial"))
}

// take gives a role without a column the best of those that are free.
func (m *mapper) take(role Role) {
	if m.columns[role] != 0 {
		return
	}
	best, second := 0, 0
	for i := range m.stats {
		s := &m.stats[i]
		score := nameScore(role, s.meaning, s.unknown)
		if score == 0 || taken(m.columns, i) || s.marksTests() || !s.fits(role) || s.part != noPart && role != RoleDate {
			continue
		}
		if score = s.weigh(role, score); score > best {
			best, second = score, best
			m.columns[role], m.runnerUp[role] = i+1, m.columns[role]
		} else if score > second {
			second = score
			m.runnerUp[role] = i + 1
		}
	}
	m.scores[role] = [2]int{best, second}
}

// takeSpeaking gives a known export statuses of another name than its maker's, where they say which orders were paid: the export may be that of somebody who names columns alike.
func (m *mapper) takeSpeaking(role Role) {
	if m.columns[role] != 0 {
		return
	}
	if m.take(role); m.column(role) != nil && m.column(role).cells.paid == 0 {
		m.columns[role], m.runnerUp[role], m.scores[role] = 0, 0, [2]int{}
	}
}

// takeFlag gives a role that an export's maker does not know a column of yes and no that is
// named for it: somebody has added it on purpose.
func (m *mapper) takeFlag(role Role) {
	if m.columns[role] != 0 {
		return
	}
	if m.take(role); m.column(role) != nil && !m.column(role).yesOrNo() && (role != RoleRefunded || m.negative()) {
		m.columns[role], m.runnerUp[role], m.scores[role] = 0, 0, [2]int{}
	}
}

// weigh corrects the score of a name by what stands in the column.
func (c *columnStats) weigh(role Role, score int) int {
	rows := len(c.values)
	switch {
	case rows == 0:
	case c.cells.filled == 0:
		score /= 4 // a column that nobody fills
	case role == RoleDate && c.cells.months > c.cells.dates:
		score /= 4 // another may have the day
	case role == RoleStatus && rows >= 5 && c.distinct() == 1:
		score /= 2 // the same on every row tells nothing
	case role == RoleStatus && c.cells.statuses > 0:
		score += 100
	case (role == RoleEmail || role == RoleOrder) && rows >= 5 && c.distinct() == 1:
		score /= 4 // the shop's own address, an account of the books
	case role == RoleAmount && c.cells.zeros == c.cells.numbers && rows >= 5:
		score /= 4
	case role == RoleAmount && c.cells.fractions == 0 && c.cells.filled < rows/10:
		score /= 2
	}
	return max(score, 1)
}

// settle corrects by contents what names and presets have proposed, and asks where the
// lead is thin. What Options.Columns says stands.
func (m *mapper) settle() {
	if m.report.HasHeader {
		m.settleAmount()
		m.settleIdentity()
		m.settleDate()
		m.settlePivot()
		m.dateParts()
		m.askCells()
	}
	m.report.RunnerUp = m.runnerUp
}

// free reports whether a role is left to the reader.
func (m *mapper) free(role Role) bool { return m.opts.Columns[role] == 0 }

// settleIdentity chooses among the columns that say who ordered.
func (m *mapper) settleIdentity() {
	m.nameOfOrder()
	if m.free(RoleID) {
		m.dropSilent()
		m.dropConstant()
		m.dropWeak()
		m.dropUnique()
		m.preferCompany()
	}
	for _, role := range [...]Role{RoleEmail, RolePhone, RoleName} {
		if m.columns[RoleID] == 0 && m.columns[role] != 0 && m.free(RoleID) {
			m.promote(role)
		}
	}
	if m.columns[RoleID] == 0 && m.free(RoleID) {
		m.identityByContents()
	}
	if id := m.column(RoleID); id != nil && m.free(RoleID) {
		switch {
		case len(id.values) >= 5 && id.cells.filled*2 > len(id.values) && id.spoken() >= 5 && id.distinct() == 1:
			m.ask(Question{Code: QuestionOneID, Column: m.columns[RoleID]})
		case thin(m.scores[RoleID]) && m.runnerUp[RoleID] != 0 && m.runnerUp[RoleID] != m.columns[RoleID]:
			m.ask(Question{Code: QuestionID, Column: m.columns[RoleID], Other: m.runnerUp[RoleID]})
		}
	}
}

// nameOfOrder sees that a column of names has the orders' and not the customers', as Shopify's Name has #1000: each with a number sign, or
// each a code and none twice.
func (m *mapper) nameOfOrder() {
	c := m.column(RoleName)
	if c == nil || !m.free(RoleName) || c.meaning&ofCustomer != 0 || c.cells.filled == 0 {
		return
	}
	fresh := c.spoken() >= 5 && c.distinct() == c.spoken()
	if c.cells.hashes*10 < c.cells.filled*9 && !(fresh && c.cells.codes == c.cells.filled) {
		return
	}
	at := m.columns[RoleName]
	m.columns[RoleName], m.basis[RoleName] = 0, BasisNone
	if m.columns[RoleOrder] == 0 && m.free(RoleOrder) {
		m.columns[RoleOrder], m.basis[RoleOrder] = at, BasisContents
	}
}

// attendees reports whether the rows of an order are those who come to an event: its number comes again, and a column is named for them.
func (m *mapper) attendees() bool {
	order := m.column(RoleOrder)
	if order == nil || order.distinct() == order.spoken() || findName(m.stats, "buyer email|buyer name|buyer|purchaser|purchaser email|orderer") > 0 {
		return false
	}
	for i := range m.stats {
		if says(m.stats[i].name, "attendee|attendees|participant|participants|teilnehmer|participante|participantes|asistente|asistentes|partecipante|partecipanti|deelnemer|uczestnik|deltagare|katilimci|участник|حاضر|参加者|参会者|참가자") {
			return true
		}
	}
	return false
}

// nameParts are the columns of first and last name, where one of them tells who ordered: Ann Lee and Ann Ray are two. -1 for none.
func (m *mapper) nameParts() (one, other int) {
	at := m.columns[RoleID]
	if c := m.column(RoleID); c == nil || c.meaning&ofName == 0 {
		at = m.columns[RoleName]
	}
	if at < 1 || at > len(m.stats) || m.stats[at-1].meaning&(ofName|ofPart) != ofName|ofPart {
		return -1, -1
	}
	const whose = ofShipping | ofOthers | ofElse | ofCustomer
	for _, k := range [...]int{at, at - 2, at + 1, at - 3} { // the nearest
		if k < 0 || k >= len(m.stats) {
			continue
		}
		if a, b := &m.stats[at-1], &m.stats[k]; b.meaning&(ofName|ofPart) == ofName|ofPart && a.meaning&whose == b.meaning&whose && b.spoken() > 0 && !taken(m.columns, k) {
			return at - 1, k
		}
	}
	return -1, -1
}

// promote makes the column of a lesser role the customers' column.
func (m *mapper) promote(role Role) {
	m.columns[RoleID], m.basis[RoleID] = m.columns[role], m.basis[role]
	m.columns[role], m.basis[role] = 0, BasisNone
}

// dropSilent gives up an id that says nothing anywhere, where something else says who it is.
func (m *mapper) dropSilent() {
	for _, role := range [...]Role{RoleID, RoleEmail, RolePhone, RoleName} {
		if c := m.column(role); c != nil && len(c.values) > 0 && c.spoken() == 0 && m.anySpoken(role) {
			m.columns[role], m.basis[role] = 0, BasisNone
		}
	}
}

// anySpoken reports whether another identifying column says something.
func (m *mapper) anySpoken(but Role) bool {
	for _, role := range [...]Role{RoleID, RoleEmail, RolePhone, RoleName} {
		if c := m.column(role); role != but && c != nil && c.spoken() > 0 {
			return true
		}
	}
	return false
}

// maxAccounts is how many accounts of the books a list of sales has at most: receivables, sales, taxes.
const maxAccounts = 3

// dropConstant gives up an id that is the same on every row, or one of very few, where a name is not: an account of the books, the shop itself.
func (m *mapper) dropConstant() {
	id, name := m.column(RoleID), m.column(RoleName)
	if id == nil || name == nil || id.spoken() < 5 || name.spoken()*10 < len(name.values)*9 {
		return
	}
	few := id.distinct() <= maxAccounts && id.meaning&(ofID|ofUnique) == 0 && id.spoken() >= 5*id.distinct() && name.distinct() >= 2*id.distinct()
	if id.distinct() == 1 && name.distinct() > 1 || few {
		m.columns[RoleID] = 0
	}
}

// dropWeak prefers an e-mail address to a name, and to a number that may be the order's.
func (m *mapper) dropWeak() {
	id, mail := m.column(RoleID), m.column(RoleEmail)
	if id == nil || mail == nil || mail.spoken()*10 < len(mail.values)*9 {
		return
	}
	switch {
	case id.spoken() >= 5 && id.distinct() == 1 && mail.distinct() > 1:
		m.columns[RoleID] = 0
	case hasWord(id.name, "partner") && id.distinct() < mail.distinct(): // who has sent them
		m.columns[RoleID] = 0
	case id.meaning&ofCustomer == 0 && m.basis[RoleID] == BasisName:
		if m.columns[RoleOrder] == 0 && orderScore(id.meaning) > 0 {
			m.columns[RoleOrder], m.basis[RoleOrder] = m.columns[RoleID], BasisName
		}
		m.columns[RoleID] = 0
	case id.meaning&ofID == 0 && id.cells.words*2 >= id.cells.filled && id.cells.filled > 0:
		m.columns[RoleName], m.basis[RoleName] = m.columns[RoleID], m.basis[RoleID]
		m.columns[RoleID] = 0
	}
}

// dropUnique gives up an id that is new on every row where another column that says who
// ordered repeats: such an id is the order's.
func (m *mapper) dropUnique() {
	id := m.column(RoleID)
	if id == nil || id.spoken() < 4 || id.distinct() < id.spoken() {
		return
	}
	if name := m.column(RoleName); name != nil && name.meaning&(ofCustomer|ofPart) != 0 && id.meaning&^(ofUnique|ofNothing) == ofID && name.spoken()*10 >= id.spoken()*9 && name.distinct() < name.spoken() && m.free(RoleOrder) {
		if m.columns[RoleOrder] == 0 {
			m.columns[RoleOrder], m.basis[RoleOrder] = m.columns[RoleID], m.basis[RoleID]
		}
		m.columns[RoleID], m.basis[RoleID] = 0, BasisNone
		return
	}
	if id.meaning&^(ofUnique|ofNothing) == ofID && m.columns[RoleOrder] == 0 && m.free(RoleOrder) {
		for i := range m.stats {
			s := &m.stats[i]
			named := s.meaning&^ofNothing == ofName && s.unknown == 0 // of whom it says not
			if n := s.distinct(); !named && (s.unknown == 0 || s.meaning&^ofNothing != 0) || taken(m.columns, i) && i+1 != m.columns[RoleName] || s.spoken() < id.spoken() || n < 3 || n*10 > s.spoken()*9 || s.cells.words*2 < s.cells.filled || s.cells.statuses > 0 {
				continue
			}
			m.ask(Question{Code: QuestionID, Column: i + 1, Other: m.columns[RoleID]})
			m.columns[RoleOrder], m.basis[RoleOrder] = m.columns[RoleID], m.basis[RoleID]
			m.columns[RoleID], m.basis[RoleID] = i+1, BasisContents
			if i+1 == m.columns[RoleName] {
				m.columns[RoleName] = 0
			}
			return
		}
	}
	for i := range m.stats {
		s := &m.stats[i]
		if i+1 == m.columns[RoleID] || s.spoken() < 4 || s.spoken()*2 < id.spoken() {
			continue
		}
		isMail := i+1 == m.columns[RoleEmail]
		if idScore(s.meaning) < scorePoor && !isMail || taken(m.columns, i) && !isMail {
			continue
		}
		if n := s.distinct(); n < s.spoken() && n > 1 {
			m.ask(Question{Code: QuestionNewIDs, Column: i + 1, Other: m.columns[RoleID]})
			m.runnerUp[RoleID] = m.columns[RoleID]
			m.columns[RoleID], m.basis[RoleID] = i+1, BasisContents
			if isMail {
				m.columns[RoleEmail] = 0
			}
			return
		}
	}
}

// Names, after normalise, of columns that have the firm that buys, and the person there.
const (
	companyNames = "company|company name|client company|customer company|business|business name|organization|organisation|organization name|organisation name|firm|account name|firma|firmenname|unternehmen|societe|raison sociale|entreprise|empresa|compania|razon social|nome empresa|razao social|azienda|societa|ragione sociale|bedrijf|bedrijfsnaam|firma nazwa|foretag|sirket|firma adi|компания|организация|شركه|الشركه|会社|会社名|公司|公司名称|회사|회사명"
	contactNames = "contact|contact name|contact person|ansprechpartner|kontakt|kontaktperson|interlocuteur|contacto|persona de contacto|contato|pessoa de contato|contatto|referente|contactpersoon|osoba kontaktowa|kontaktperson namn|ilgili kisi|контакт|контактное лицо|جهه الاتصال|担当者|担当者名|联系人|담당자"
)

// preferCompany takes the firm for the customer where the column found has the persons to talk to there, and asks.
func (m *mapper) preferCompany() {
	id := m.column(RoleID)
	if id == nil || !listed(contactNames, id.name) {
		return
	}
	for i := range m.stats {
		if s := &m.stats[i]; listed(companyNames, s.name) && !taken(m.columns, i) && s.spoken()*10 >= len(s.values)*9 && s.distinct() > 2 {
			m.ask(Question{Code: QuestionID, Column: i + 1, Other: m.columns[RoleID]})
			m.runnerUp[RoleID] = m.columns[RoleID]
			m.columns[RoleID], m.basis[RoleID] = i+1, BasisName
			return
		}
	}
}

// identityByContents takes a column of e-mail addresses, or one whose texts come again.
func (m *mapper) identityByContents() {
	best, at := 0, -1
	for i := range m.stats {
		s := &m.stats[i]
		if taken(m.columns, i) || s.cells.fractions > 0 || s.cells.plainDates*2 > s.cells.filled || s.meaning&(ofOthers|ofPayout) != 0 {
			continue
		}
		n := s.distinct()
		score := 0
		switch {
		case s.cells.emails > 0 && s.cells.emails*10 >= s.cells.filled*9 && n > 1:
			score = 2000
		case s.meaning&(ofElse|ofMoney|ofStatus|ofType|ofTax|ofLine|ofOrder|ofDocument|ofDate|ofClock) != 0:
		case n > 2 && n < s.spoken() && s.spoken()*2 >= len(s.values):
			score = n * 1000 / s.spoken() // many people, few orders each
		}
		if score > best {
			best, at = score, i
		}
	}
	if at >= 0 {
		m.columns[RoleID], m.basis[RoleID] = at+1, BasisContents
		m.ask(Question{Code: QuestionID, Column: at + 1})
	}
}

// settleDate takes a column of dates where no name says which, and asks.
func (m *mapper) settleDate() {
	if m.columns[RoleDate] == 0 && m.free(RoleDate) {
		for i := range m.stats {
			c := &m.stats[i].cells
			dates := c.plainDates + c.calendar + c.spans
			if m.stats[i].meaning&ofDate != 0 { // "Order Date / Refund date": its name says that 1/15/24 is one
				dates = c.dates + c.calendar + c.spans
			}
			if !taken(m.columns, i) && dates > 0 && dates*10 >= c.filled*9 {
				m.columns[RoleDate], m.basis[RoleDate] = i+1, BasisContents
				m.ask(Question{Code: QuestionDate, Column: i + 1})
				return
			}
		}
		return
	}
	if !m.free(RoleDate) || m.basis[RoleDate] == BasisPreset {
		return
	}
	if m.takeClosing() {
		return
	}
	if s := m.scores[RoleDate]; s[0] <= scoreLast || thin(s) && m.differ(RoleDate) {
		m.ask(Question{Code: QuestionDate, Column: m.columns[RoleDate], Other: m.runnerUp[RoleDate]})
		return
	}
	m.askAppointment()
}

// askAppointment asks where one column has the day on which an appointment was made and another that on which it was kept: either can be when somebody bought.
func (m *mapper) askAppointment() {
	made := m.column(RoleDate)
	if made == nil || !says(made.name, "booked|scheduled|created|gebucht|erstellt") {
		return
	}
	begins := findName(m.stats, "start time|start date time|start") * whole(findName(m.stats, "end time|end date time|end") > 0)
	for i := range m.stats {
		s := &m.stats[i]
		kept := i+1 == begins || s.meaning&(ofDate|ofClock) != 0 && s.meaning&ofPart == 0 && says(s.name, "appointment|visit|class|session|termin|cita|consulta|wizyta|agendamento")
		if kept && i+1 != m.columns[RoleDate] && s.cells.dates > 0 && s.cells.dates*10 >= s.cells.filled*9 {
			m.runnerUp[RoleDate] = i + 1
			m.ask(Question{Code: QuestionDate, Column: m.columns[RoleDate], Other: i + 1})
			return
		}
	}
}

// takeClosing takes the day on which a deal was closed, where the statuses are the stages of deals.
func (m *mapper) takeClosing() bool {
	status := m.column(RoleStatus)
	if status == nil || !says(status.name, "stage|phase|deal|opportunity") {
		return false
	}
	for i := range m.stats {
		s := &m.stats[i]
		if listed("won time|won date|deal won time|deal won date|deal close date|close date|closed date|closing date|schlusstermin|abschlussdatum|schlussdatum|date de cloture|fecha de cierre|data de fechamento|data di chiusura|sluitingsdatum|data zamkniecia|完了予定日|クローズ日|تاريخ الاغلاق", s.name) && s.fits(RoleDate) {
			m.runnerUp[RoleDate], m.columns[RoleDate] = m.columns[RoleDate], i+1
			return true
		}
	}
	return false
}

// thin reports whether a runner-up is nearly as good.
func thin(scores [2]int) bool { return scores[1]*100 >= scores[0]*95 && scores[0] > 0 }

// differ reports whether the column of a role and its runner-up hold different numbers.
func (m *mapper) differ(role Role) bool {
	a, b := m.columns[role], m.runnerUp[role]
	return a > 0 && b > 0 && a <= len(m.stats) && b <= len(m.stats) && differ(&m.stats[a-1], &m.stats[b-1])
}

func differ(a, b *columnStats) bool {
	for i := range min(len(a.values), len(b.values)) {
		x, y := a.values[i], b.values[i]
		if x != y && (x == x || y == y) {
			return true
		}
	}
	return false
}

// settleAmount decides between units and totals, and asks about tax and about money that no
// name explains.
func (m *mapper) settleAmount() {
	m.settleCoins()
	m.settleCount()
	m.settleUnits()
	if !m.free(RoleAmount) {
		return
	}
	m.settleDiscount()
	m.settleBalance()
	m.settleFees()
	if m.settleInstalments() {
		return
	}
	if m.columns[RoleAmount] == 0 {
		m.amountByContents()
		return
	}
	m.takeAdjusted()
	if other := m.otherAmount(); other > 0 {
		m.runnerUp[RoleAmount] = other
		m.ask(Question{Code: QuestionAmount, Column: m.columns[RoleAmount], Other: other})
	}
}

// settleCount takes an "amount" for a number of pieces: whole numbers, mostly one or two, beside the money of a column that is named for a price or
// for sales.
func (m *mapper) settleCount() {
	amount := m.column(RoleAmount)
	if amount == nil || amount.meaning&^ofNothing != ofAmount || !m.free(RoleAmount) || !m.free(RoleQuantity) || m.columns[RoleQuantity] != 0 || !amount.pieces() {
		return
	}
	for i := range m.stats {
		s := &m.stats[i]
		if taken(m.columns, i) || s.meaning&(ofPrice|ofSales) == 0 || !s.fits(RoleAmount) || nameScore(RoleAmount, s.meaning, s.unknown) == 0 || s.pieces() {
			continue
		}
		m.columns[RoleQuantity], m.basis[RoleQuantity] = m.columns[RoleAmount], BasisContents
		m.columns[RoleAmount], m.basis[RoleAmount] = i+1, BasisName
		return
	}
}

// pieces reports whether the numbers are as those of pieces are: whole, without a currency, and one or two on most rows.
func (c *columnStats) pieces() bool {
	few := 0
	for _, v := range c.values {
		if v == 1 || v == 2 {
			few++
		}
	}
	return c.cells.numbers > 0 && c.cells.fractions == 0 && c.cells.signs == 0 && few*2 > c.cells.numbers
}

// settleDiscount takes, of two columns of money, the one that is what a discount has left of the other.
func (m *mapper) settleDiscount() {
	m.takeLeft(func(s *columnStats) bool { return s.meaning&ofDiscount != 0 },
		func(s *columnStats) bool {
			return s.meaning&(ofAside|ofUnit|ofSub|ofConverted|ofMeasure) == 0 && s.fits(RoleAmount)
		})
}

// settleBalance takes, of two columns of money, the one that an earlier balance has been added to for the other: the charges of a bill, and not all that is due.
func (m *mapper) settleBalance() {
	m.takeLeft(func(s *columnStats) bool { return says(s.name, wordsBefore) },
		func(s *columnStats) bool {
			return s.meaning&(ofUnit|ofConverted|ofOther|ofID) == 0 && s.cells.zeros*2 < s.cells.numbers
		})
}

// takeLeft takes for the amount the column that another one has left of it on every row.
func (m *mapper) takeLeft(less, left func(*columnStats) bool) {
	amount := m.column(RoleAmount)
	if amount == nil || m.basis[RoleAmount] == BasisPreset {
		return
	}
	for i := range m.stats {
		before := &m.stats[i]
		if i+1 == m.columns[RoleAmount] || before.cells.numbers == 0 || !less(before) {
			continue
		}
		for k := range m.stats {
			if s := &m.stats[k]; k != i && !taken(m.columns, k) && left(s) && leaves(amount, before, s) {
				m.columns[RoleAmount] = k + 1
				return
			}
		}
	}
}

// settleInstalments takes, where the rows of an order are payments on several days and repeat its total, the column of which that is the sum, and asks.
func (m *mapper) settleInstalments() bool {
	amount, order, day := m.column(RoleAmount), m.column(RoleOrder), m.column(RoleDate)
	if amount == nil || order == nil || day == nil || m.basis[RoleAmount] == BasisPreset || len(order.marks) != len(amount.values) || len(day.marks) != len(amount.values) || order.distinct()*2 > len(order.marks) {
		return false
	}
	rows := map[uint32][]int{}
	for k, mark := range order.marks {
		rows[mark] = append(rows[mark], k)
	}
	for i := range m.stats {
		s := &m.stats[i]
		if taken(m.columns, i) || s.cells.numbers < len(s.values) || nameScore(RoleAmount, s.meaning, s.unknown) == 0 || s.meaning&ofConverted != 0 || !instalments(rows, amount, day, s) {
			continue
		}
		m.ask(Question{Code: QuestionAmount, Column: i + 1, Other: m.columns[RoleAmount]})
		m.runnerUp[RoleAmount], m.columns[RoleAmount] = m.columns[RoleAmount], i+1
		return true
	}
	return false
}

// instalments reports whether a column adds up to the amount of nearly all orders with several rows, which each of those repeats, and whether the rows of some are of several days.
func instalments(rows map[uint32][]int, amount, day, part *columnStats) bool {
	several, hits, apart := 0, 0, false
	for _, list := range rows {
		if len(list) < 2 {
			continue
		}
		several++
		sum, same := 0.0, true
		for _, k := range list {
			sum += part.values[k]
			same = same && amount.values[k] == amount.values[list[0]]
			apart = apart || day.marks[k] != day.marks[list[0]]
		}
		hits += whole(same && math.Abs(sum-amount.values[list[0]]) < halfCent*float64(1+len(list)))
	}
	return apart && several > 1 && hits*10 >= several*9
}

// wordsBefore name what was owed before a bill.
const wordsBefore = "previous|prior|opening|brought forward|balance forward|arrears|vorher*|alter saldo|saldo alt|altsaldo|vortrag|saldovortrag|anterior|precedent|precedente|anterieur|vorig|poprzednie|foregaende|onceki|предыдущ*|السابق|前回|上期|이전"

// leaves reports whether what is left is the amount less the discount on every row, some of which have one.
func leaves(amount, less, left *columnStats) bool {
	some := 0
	for k, v := range amount.values {
		if k >= len(less.values) || k >= len(left.values) || v != v || math.Abs(left.values[k]) < halfCent { // a cancelled order has nothing left
			continue
		}
		d := less.values[k]
		if d != d {
			d = 0
		}
		if rest := left.values[k]; !near(v-math.Abs(d), rest) && (!near(v+d, rest) && !near(v-d, rest) || math.Abs(rest) > math.Abs(v)+halfCent) {
			return false
		}
		if math.Abs(d) >= halfCent {
			some++
		}
	}
	return some > 1
}

// settleFees takes, of two columns of money, the one of which fees have left the other: what a customer paid is the revenue, and not what a platform
// hands on of it.
func (m *mapper) settleFees() {
	amount := m.column(RoleAmount)
	if amount == nil || m.basis[RoleAmount] == BasisPreset {
		return
	}
	var fees columnStats
	fees.values = make([]float64, len(amount.values))
	found := false
	for i := range m.stats {
		s := &m.stats[i]
		if s.meaning&ofFee == 0 || s.cells.numbers == 0 || s.meaning&ofMeasure != 0 {
			continue
		}
		found = true
		for k, v := range s.values {
			if k < len(fees.values) && v == v {
				fees.values[k] += v
			}
		}
		if m.paid(amount, s) {
			return
		}
	}
	if found {
		m.paid(amount, &fees)
	}
}

// paid takes the column of which fees leave the amount, if there is one.
func (m *mapper) paid(amount, fees *columnStats) bool {
	for k := range m.stats {
		if s := &m.stats[k]; !taken(m.columns, k) && s.meaning&(ofAside|ofUnit|ofConverted|ofMeasure) == 0 && s.fits(RoleAmount) && leaves(s, fees, amount) {
			m.afterFees = m.columns[RoleAmount]
			m.runnerUp[RoleAmount], m.columns[RoleAmount], m.basis[RoleAmount] = 0, k+1, BasisName
			return true
		}
	}
	return false
}

// settleUnits keeps the quantity only where the amount is a price for one.
func (m *mapper) settleUnits() {
	amount, quantity := m.column(RoleAmount), m.column(RoleQuantity)
	if quantity == nil || !m.free(RoleQuantity) {
		return
	}
	if at := m.chargeAlone(); amount == nil && at >= 0 && m.stats[at].meaning&(ofLine|ofUnit) != 0 && !multiples(&m.stats[at], quantity) && m.noMoney() {
		m.ask(Question{Code: QuestionUnitPrice, Column: at + 1, Other: m.columns[RoleQuantity]})
		return
	}
	if amount == nil || !unitPrice(amount.meaning) || m.lineTotal(amount, quantity) || amount.meaning&ofUnit == 0 && multiples(amount, quantity) {
		m.columns[RoleQuantity], m.basis[RoleQuantity] = 0, BasisNone
		return
	}
	if amount.meaning&ofUnit == 0 && m.rule == nil {
		m.ask(Question{Code: QuestionUnitPrice, Column: m.columns[RoleAmount], Other: m.columns[RoleQuantity]})
	}
}

// multiples reports whether a price is that of the whole line, since it is always divisible by the quantity. By chance the price of one would be so
// about as often as prices of lines with one piece are: where that is less than once in a million, it is no chance. Whole prices are all divisible by 2, 4
// and 5 in hundredths, and tell more in the steps that they come in.
func multiples(amount, quantity *columnStats) bool {
	var prices []float64 // of one piece, in hundredths
	step := 0.0
	for k, v := range amount.values {
		if k < len(quantity.values) && quantity.values[k] == 1 && v > 0 {
			price := math.Round(100 * v)
			prices, step = append(prices, price), divisor(price, step)
		}
	}
	return divisible(amount.values, quantity.values, prices, 1) < byChance || divisible(amount.values, quantity.values, prices, step) < byChance
}

const byChance = 1e-6

// divisible returns the probability that amounts of several pieces are all divisible by their number by chance, counted in such steps of hundredths; 1 where one is not.
func divisible(amounts, quantities, prices []float64, step float64) float64 {
	chance := 1.0
	for k, v := range amounts {
		if k >= len(quantities) || v != v {
			continue
		}
		q := quantities[k]
		if q < 2 || q != math.Trunc(q) || v <= 0 {
			continue
		}
		if math.Mod(math.Round(100*v), q*step) != 0 {
			return 1
		}
		hits := 1.0
		for _, price := range prices {
			if math.Mod(price, q*step) == 0 {
				hits++
			}
		}
		chance *= hits / float64(len(prices)+2)
	}
	return chance
}

// divisor is the greatest that two whole numbers have in common; one of them may be 0.
func divisor(a, b float64) float64 {
	for b > 0 {
		a, b = b, math.Mod(a, b)
	}
	return a
}

// lineTotal reports whether a price is that of the whole line: another column holds the
// price of one, and the quantity times that is it.
func (m *mapper) lineTotal(amount, quantity *columnStats) bool {
	for i := range m.stats {
		unit := &m.stats[i]
		if i+1 == m.columns[RoleAmount] || !unitPrice(unit.meaning) {
			continue
		}
		hits, several := 0, 0
		for k, v := range amount.values {
			if k < len(unit.values) && k < len(quantity.values) && quantity.values[k] != 1 {
				several++
				if math.Abs(unit.values[k]*quantity.values[k]-v) < halfCent {
					hits++
				}
			}
		}
		if several > 0 && hits*10 >= several*9 {
			return true
		}
	}
	return false
}

// otherAmount is a column that could be the revenue just as well: nearly as likely by its
// name, or the same without tax, where its numbers differ.
func (m *mapper) otherAmount() int {
	amount := m.column(RoleAmount)
	if amount == nil {
		return 0
	}
	best, at := 0, 0
	score := nameScore(RoleAmount, amount.meaning, amount.unknown)
	for i := range m.stats {
		s := &m.stats[i]
		if taken(m.columns, i) || i+1 == m.afterFees || m.adjusted > 0 && says(s.name, wordsAdjusted) || s.cells.numbers == 0 || !s.fits(RoleAmount) || !differ(amount, s) {
			continue
		}
		other := nameScore(RoleAmount, s.meaning, s.unknown)
		if other == 0 || s.meaning&(ofFormatted|ofPrice|ofLine) != 0 || s.meaning&ofConverted != 0 && s.meaning&ofWithout == 0 {
			continue
		}
		untaxed := s.meaning&(ofSub|ofWithout) != 0 && amount.meaning&(ofSub|ofWithout) == 0
		if (untaxed || m.rule == nil && thin([2]int{score, other})) && other > best {
			best, at = other, i+1
		}
	}
	if at == 0 && m.rule == nil {
		at = m.taxed(amount)
	}
	if at == 0 && m.rule == nil && amount.meaning&ofWithout != 0 {
		at = m.before(amount)
	}
	return at
}

// before is the column of prices of which a net amount is a part on every row: what was paid before fees or taxes that the file does not tell; 0 for none.
func (m *mapper) before(amount *columnStats) int {
	for i := range m.stats {
		s := &m.stats[i]
		if taken(m.columns, i) || i+1 == m.afterFees || s.meaning&ofPrice == 0 || s.meaning&(ofAside|ofUnit|ofLine|ofFormatted|ofMeasure|ofWithout) != 0 || !s.fits(RoleAmount) {
			continue
		}
		parts := 0
		for k, v := range amount.values {
			if k < len(s.values) && v > 0 && s.values[k] > v && s.values[k] < 3*v {
				parts++
			}
		}
		if parts > 1 && parts == len(amount.values) {
			return i + 1
		}
	}
	return 0
}

// taxed is the column that the taxes of another one leave the amount of on every row: what was paid with them, whatever it is called; 0 for none.
func (m *mapper) taxed(amount *columnStats) int {
	for i := range m.stats {
		tax := &m.stats[i]
		if tax.meaning&ofTax == 0 || tax.cells.numbers == 0 || tax.meaning&(ofMeasure|ofOther|ofID) != 0 || i+1 == m.columns[RoleAmount] {
			continue
		}
		for k := range m.stats {
			if s := &m.stats[k]; k != i && !taken(m.columns, k) && s.meaning&(ofMoney|ofWith) != 0 && s.fits(RoleAmount) && leaves(s, tax, amount) {
				return k + 1
			}
		}
	}
	return 0
}

// wordsAdjusted name money as it is after a change.
const wordsAdjusted = "adjusted|angepasst*|ajuste|ajustee|ajustado|ajustada|rettificato|rettificata|aangepast|修正後|調整後|调整后"

// takeAdjusted finds the amounts as they are after a refund or another change: on most rows the same as before, or none.
func (m *mapper) takeAdjusted() {
	amount := m.column(RoleAmount)
	for i := range m.stats {
		s := &m.stats[i]
		if !says(s.name, wordsAdjusted) || s.meaning&(ofFee|ofTax|ofWithout|ofShipping) != 0 || nameScore(RoleAmount, s.meaning, s.unknown) == 0 || s.cells.numbers < s.cells.filled || i+1 == m.columns[RoleAmount] {
			continue
		}
		same, changed, none := 0, 0, 0
		for k, v := range s.values {
			switch {
			case v != v || k >= len(amount.values):
				none++
			case near(v, amount.values[k]):
				same++
			case v == 0:
				none++
				changed++
			default:
				changed++
			}
		}
		if same+none > changed && s.cells.zeros*2 <= same+none {
			m.adjusted = i + 1
		}
		return
	}
}

// amountByContents takes a column of decimals or of money where no name says which.
func (m *mapper) amountByContents() {
	at, second := m.moneyByContents()
	if at < 0 {
		at = m.chargeAlone()
	}
	if at >= 0 {
		m.columns[RoleAmount], m.basis[RoleAmount] = at+1, BasisContents
		m.runnerUp[RoleAmount] = second + 1
		m.ask(Question{Code: QuestionAmount, Column: at + 1, Other: second + 1})
	}
}

// moneyByContents is the column that looks most like money, and another one; -1 for none.
func (m *mapper) moneyByContents() (at, second int) {
	best := 0
	at, second = -1, -1
	for i := range m.stats {
		s := &m.stats[i]
		c := &s.cells
		if taken(m.columns, i) || c.numbers == 0 || c.numbers*10 < c.filled*9 || c.dates*2 > c.filled || s.meaning&(ofAside|ofElse|ofID|ofPlace|ofPhone|ofSpent) != 0 {
			continue
		}
		score := 0
		if c.fractions > 0 || c.signs > 0 {
			score = 1 + 100*c.fractions/c.filled + 100*c.signs/c.filled
		}
		if score > best {
			best, second = score, at
			at = i
		} else if score > 0 && second < 0 {
			second = i
		}
	}
	return at, second
}

func (m *mapper) noMoney() bool {
	at, _ := m.moneyByContents()
	return at < 0
}

// chargeAlone is the only column of money, where it is named for a fee or a cost: what somebody was charged, mostly; -1 for none.
func (m *mapper) chargeAlone() int {
	at := -1
	for i := range m.stats {
		s := &m.stats[i]
		if s.meaning&(ofFee|ofCost) == 0 || s.meaning&^(ofFee|ofCost|ofLine|ofUnit|ofOrder|ofPayment|ofCustomer|ofNothing) != 0 || s.cells.numbers == 0 || s.cells.numbers < s.cells.filled || s.cells.zeros == s.cells.numbers || taken(m.columns, i) {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	return at
}

// converted is the column of amounts in one currency that every row has, 0 for none.
func (m *mapper) converted() int {
	for i := range m.stats {
		s := &m.stats[i]
		if s.meaning&ofConverted != 0 && nameScore(RoleAmount, s.meaning, s.unknown) > 0 && s.cells.filled > 0 && s.cells.numbers == len(s.values) && i+1 != m.columns[RoleAmount] {
			return i + 1
		}
	}
	return 0
}

// ofCustomers reports whether the columns are those of a list of customers: what each has
// spent, or how many orders each has placed.
func (m *mapper) ofCustomers() bool {
	if m.columns[RoleOrder] > 0 {
		return false
	}
	for i := range m.stats {
		s := &m.stats[i]
		many := s.meaning&(ofMeasure|ofQuantity|ofTotal) != 0 && (s.meaning&ofOrder != 0 || hasWord(s.name, "orders")) && s.meaning&(ofAmount|ofSales|ofPrice) == 0 && s.cells.fractions == 0 && s.meaning&ofQuantity == 0 || string(s.name) == "orders"
		all := hasWord(s.name, "lifetime") && s.meaning&(ofAmount|ofTotal|ofSales|ofPrice) != 0
		if many || all || s.meaning&ofSpent != 0 && s.meaning&(ofTotal|ofAmount|ofCustomer) != 0 {
			return true
		}
	}
	return false
}

// ofSubscriptions reports whether the columns are those of a list of subscriptions: when each renews, not when it was paid.
func (m *mapper) ofSubscriptions() bool {
	return findName(m.stats, "current period end|current period end utc|next billing date|next billing at|next payment date|next renewal date|renews at|renewal date|mrr|monthly recurring revenue|billing cycles completed") > 0 &&
		findName(m.stats, "plan|plan id|plan name|product plan|subscription plan|interval|billing interval|billing period|mrr|trial end|trial end utc") > 0
}

func (m *mapper) ask(q Question) { m.report.ask(q) }
